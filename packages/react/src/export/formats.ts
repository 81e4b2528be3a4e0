/** What a profile can be saved as, in the order in which a menu offers it. */
export const EXPORT_FORMATS = [
  'svg',
  'png',
  'html',
  'markdown',
  'folded',
  'speedscope',
  'pprof',
  'json',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Those that hold what is seen; the others hold the profile behind it. */
export const PICTURE_FORMATS: readonly ExportFormat[] = ['svg', 'png'];

/** How much denser than it is laid out a PNG picture may be. */
export const PICTURE_SCALES = [1, 2, 3] as const;
export type PictureScale = (typeof PICTURE_SCALES)[number];

interface FileKind {
  readonly extension: string;
  readonly mediaType: string;
}

export const FILE_KINDS: Readonly<Record<ExportFormat, FileKind>> = {
  svg: { extension: '.svg', mediaType: 'image/svg+xml' },
  png: { extension: '.png', mediaType: 'image/png' },
  html: { extension: '.html', mediaType: 'text/html' },
  markdown: { extension: '.md', mediaType: 'text/markdown' },
  folded: { extension: '.folded.txt', mediaType: 'text/plain' },
  speedscope: { extension: '.speedscope.json', mediaType: 'application/json' },
  pprof: { extension: '.pb.gz', mediaType: 'application/octet-stream' },
  json: { extension: '.hyperflame.json', mediaType: 'application/json' },
};

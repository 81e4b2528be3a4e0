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

/** Those that can tell two profiles apart. */
export const DIFF_FORMATS: readonly ExportFormat[] = ['svg', 'png', 'html', 'markdown'];

/** How much denser than it is laid out a PNG picture may be. */
export const PICTURE_SCALES = [1, 2, 3] as const;
export type PictureScale = (typeof PICTURE_SCALES)[number];

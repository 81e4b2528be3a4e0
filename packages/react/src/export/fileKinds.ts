import type { ExportFormat } from './formats.ts';

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

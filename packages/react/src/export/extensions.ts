import type { ExportFormat } from './formats.ts';

/** How the names of files end. */
export const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  svg: '.svg',
  png: '.png',
  html: '.html',
  markdown: '.md',
  folded: '.folded.txt',
  speedscope: '.speedscope.json',
  pprof: '.pb.gz',
  json: '.hyperflame.json',
};

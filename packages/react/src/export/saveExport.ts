import { fileName } from './fileName.ts';
import type { ExportFormat, PictureScale } from './formats.ts';
import { saveFile } from './saveFile.ts';
import type { ExportView } from './source.ts';
import { writeExport } from './writeExport.ts';

/** Writes a file and hands it to the browser. Comes when something is saved for the first time. */
export async function saveExport(
  format: ExportFormat,
  view: ExportView,
  scale: PictureScale,
): Promise<void> {
  saveFile(await writeExport(format, view, scale), fileName(view.name, format));
}

import { useRef, useState } from 'react';
import { nodeName } from '../frames/frameNames.ts';
import { readCanvasTheme } from '../theme/canvasTheme.ts';
import { useSettings } from '../theme/settings.ts';
import type { ExportFormat, PictureScale } from './formats.ts';
import type { ExportSource } from './source.ts';

export interface Export {
  /**
   * Writes the file and hands it to the browser. `inside`: an element whose colours it takes.
   * `scale`: how many times as dense as it is laid out a PNG picture is; 2 if not said.
   */
  save(format: ExportFormat, inside: Element, scale?: PictureScale): Promise<void>;
  /** What is being written. */
  readonly saving: ExportFormat | null;
  /** Why the last one could not be written. */
  readonly error: Error | null;
}

/** What writes files comes with the first one. */
const load = () => import('./saveExport.ts');

/** Saves a profile, or its picture, as a file. */
export function useExport(source: ExportSource): Export {
  const { messages, format: numbers } = useSettings();
  const [state, setState] = useState<Pick<Export, 'saving' | 'error'>>({
    saving: null,
    error: null,
  });
  const running = useRef(false);
  const save = async (
    format: ExportFormat,
    inside: Element,
    scale: PictureScale = 2,
  ): Promise<void> => {
    if (running.current) return;
    running.current = true;
    setState({ saving: format, error: null });
    let error: Error | null = null;
    try {
      const theme = readCanvasTheme(inside);
      const { saveExport } = await load();
      const labelOf = (node: number) => nodeName(source.tree, node, messages);
      await saveExport(format, { ...source, theme, labelOf, messages, format: numbers }, scale);
    } catch (caught) {
      error = caught instanceof Error ? caught : new Error(String(caught));
    }
    running.current = false;
    setState({ saving: null, error });
  };
  return { save, ...state };
}

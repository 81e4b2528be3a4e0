import type { RefObject } from 'react';
import { nodeName } from '../frames/frameNames.ts';
import { readCanvasTheme } from '../theme/canvasTheme.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import {
  DIFF_FORMATS,
  EXPORT_FORMATS,
  PICTURE_FORMATS,
  PICTURE_SCALES,
  type ExportFormat,
  type PictureScale,
} from './formats.ts';
import type { ExportSource } from './source.ts';

/** What writes files comes with the first one. */
const load = () => import('./saveExport.ts');

interface ExportChoiceProps {
  source: ExportSource;
  /** What the menu belongs to; a picture takes the colours that hold there. */
  buttonRef: RefObject<Element | null>;
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  /** Something is being saved. */
  onSave: (saving: Promise<void>) => void;
  onClose: () => void;
}

/** The menu of what a profile can be saved as. */
export function ExportChoice(props: ExportChoiceProps) {
  const { source, buttonRef, onSave, ...corner } = props;
  const formats = 'before' in source.tree ? DIFF_FORMATS : EXPORT_FORMATS;
  const { messages, format: numbers } = useAllSettings();
  const save = async (format: ExportFormat, scale: PictureScale = 2): Promise<void> => {
    if (!buttonRef.current) return;
    const theme = readCanvasTheme(buttonRef.current);
    const labelOf = (node: number) => nodeName(source.tree, node, messages);
    const { saveExport } = await load();
    await saveExport(format, { ...source, theme, labelOf, messages, format: numbers }, scale);
  };
  const entriesOf = (format: ExportFormat): MenuEntry[] => {
    const name = messages.exportFormats[format];
    const entry = (scale?: PictureScale): MenuEntry => ({
      id: `${format}${scale ?? ''}`,
      label: scale === undefined ? name : messages.atScale(name, numbers.count(scale)),
      startsGroup: format !== formats[0] && isFirstOfData(format, formats),
      run: () => onSave(save(format, scale)),
    });
    return format === 'png' ? PICTURE_SCALES.map(entry) : [entry()];
  };
  return (
    <FrameMenu
      title={messages.save}
      label={messages.save}
      {...corner}
      entries={formats.flatMap(entriesOf)}
    />
  );
}

/** Pictures stand apart from the files that hold the profile itself. */
function isFirstOfData(format: ExportFormat, formats: readonly ExportFormat[]): boolean {
  return format === formats.find((one) => !PICTURE_FORMATS.includes(one));
}

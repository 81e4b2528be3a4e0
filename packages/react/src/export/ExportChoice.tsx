import { useSettings } from '../theme/settings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import {
  PICTURE_FORMATS,
  PICTURE_SCALES,
  type ExportFormat,
  type PictureScale,
} from './formats.ts';

interface ExportChoiceProps {
  formats: readonly ExportFormat[];
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  onChoose: (format: ExportFormat, scale?: PictureScale) => void;
  onClose: () => void;
}

/** The menu of what a profile can be saved as. */
export function ExportChoice({ formats, onChoose, ...corner }: ExportChoiceProps) {
  const { messages, format: numbers } = useSettings();
  const entriesOf = (format: ExportFormat): MenuEntry[] => {
    const name = messages.exportFormats[format];
    const entry = (scale?: PictureScale): MenuEntry => ({
      id: `${format}${scale ?? ''}`,
      label: scale === undefined ? name : messages.atScale(name, numbers.count(scale)),
      startsGroup: format !== formats[0] && isFirstOfData(format, formats),
      run: () => onChoose(format, scale),
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

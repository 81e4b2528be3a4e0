import { useCallback, useRef, useState } from 'react';
import { useSettings } from '../theme/settings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import { SaveIcon } from '../view/icons.tsx';
import {
  EXPORT_FORMATS,
  PICTURE_FORMATS,
  PICTURE_SCALES,
  type ExportFormat,
  type PictureScale,
} from './formats.ts';
import type { ExportSource } from './source.ts';
import { useExport } from './useExport.ts';

export interface ExportMenuProps extends ExportSource {
  /** All formats if not said. */
  formats?: readonly ExportFormat[];
}

/** A button that offers what the profile can be saved as. */
export function ExportMenu({ formats = EXPORT_FORMATS, ...source }: ExportMenuProps) {
  const { messages, format } = useSettings();
  const { save, saving, error } = useExport(source);
  const button = useRef<HTMLButtonElement>(null);
  const [corner, setCorner] = useState<{ x: number; y: number } | null>(null);

  const close = useCallback((): void => {
    setCorner(null);
    button.current?.focus({ preventScroll: true });
  }, []);
  const open = (from: Element): void => {
    const { left, bottom } = from.getBoundingClientRect();
    setCorner({ x: left, y: bottom + 2 });
  };
  const entriesOf = (kind: ExportFormat): MenuEntry[] => {
    const name = messages.exportFormats[kind];
    const entry = (scale?: PictureScale): MenuEntry => ({
      id: `${kind}${scale ?? ''}`,
      label: scale === undefined ? name : messages.atScale(name, format.count(scale)),
      startsGroup: kind !== formats[0] && isFirstOfData(kind, formats),
      run: () => {
        if (button.current) void save(kind, button.current, scale);
      },
    });
    return kind === 'png' ? PICTURE_SCALES.map(entry) : [entry()];
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className="hf-button hf-icon-button"
        aria-label={messages.save}
        title={messages.save}
        aria-haspopup="menu"
        aria-expanded={corner !== null}
        aria-busy={saving !== null}
        onClick={(event) => open(event.currentTarget)}
      >
        <SaveIcon />
      </button>
      {error && (
        <span role="alert" className="hf-alert">
          {messages.saveFailed(error.message)}
        </span>
      )}
      {corner && (
        <FrameMenu
          title={messages.save}
          label={messages.save}
          {...corner}
          entries={formats.flatMap((format) => entriesOf(format))}
          onClose={close}
        />
      )}
    </>
  );
}

/** Pictures stand apart from the files that hold the profile itself. */
function isFirstOfData(format: ExportFormat, formats: readonly ExportFormat[]): boolean {
  return format === formats.find((one) => !PICTURE_FORMATS.includes(one));
}

import { useCallback, useRef, useState } from 'react';
import { laterMenu } from '../menu/laterMenu.tsx';
import { useSettings } from '../theme/settings.ts';
import { SaveIcon } from '../view/icons.tsx';
import { EXPORT_FORMATS, type ExportFormat } from './formats.ts';
import type { ExportSource } from './source.ts';
import { useExport } from './useExport.ts';

export interface ExportMenuProps extends ExportSource {
  /** All formats if not said. */
  formats?: readonly ExportFormat[];
}

const LaterChoice = /* @__PURE__ */ laterMenu(
  async () => (await import('./ExportChoice.tsx')).ExportChoice,
);

/** A button that offers what the profile can be saved as. */
export function ExportMenu({ formats = EXPORT_FORMATS, ...source }: ExportMenuProps) {
  const { messages } = useSettings();
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
        onPointerEnter={LaterChoice.fetch}
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
        <LaterChoice
          {...corner}
          formats={formats}
          onChoose={(format, scale) => {
            if (button.current) void save(format, button.current, scale);
          }}
          onClose={close}
        />
      )}
    </>
  );
}

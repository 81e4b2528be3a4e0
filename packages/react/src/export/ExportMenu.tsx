import { laterMenu } from '../menu/laterMenu.tsx';
import { useButtonMenu } from '../menu/useButtonMenu.ts';
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
  const { buttonRef, at, open, close } = useButtonMenu();
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className="hf-button hf-icon-button"
        aria-label={messages.save}
        title={messages.save}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        aria-busy={saving !== null}
        onPointerEnter={LaterChoice.fetch}
        onClick={open}
      >
        <SaveIcon />
      </button>
      {error && (
        <span role="alert" className="hf-alert">
          {messages.saveFailed(error.message)}
        </span>
      )}
      {at && (
        <LaterChoice
          {...at}
          formats={formats}
          onChoose={(format, scale) => {
            if (buttonRef.current) void save(format, buttonRef.current, scale);
          }}
          onClose={close}
        />
      )}
    </>
  );
}

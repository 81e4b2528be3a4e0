import { useState } from 'react';
import { laterMenu } from '../menu/laterMenu.tsx';
import { useButtonMenu } from '../menu/useButtonMenu.ts';
import { useSettings } from '../theme/settings.ts';
import { SaveIcon } from '../view/icons.tsx';
import type { ExportSource } from './source.ts';

const LaterChoice = /* @__PURE__ */ laterMenu(
  async () => (await import('./ExportChoice.tsx')).ExportChoice,
);

/** A button that offers what the profile can be saved as. */
export function ExportMenu(source: ExportSource) {
  const { messages } = useSettings();
  const [saving, setSaving] = useState(0);
  const [failure, setFailure] = useState('');
  const { buttonRef, at, open, close } = useButtonMenu();
  const follow = async (saved: Promise<void>): Promise<void> => {
    setSaving((count) => count + 1);
    setFailure('');
    try {
      await saved;
    } catch (reason) {
      setFailure(reason instanceof Error ? reason.message : String(reason));
    }
    setSaving((count) => count - 1);
  };
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
        aria-busy={saving > 0}
        onPointerEnter={LaterChoice.fetch}
        onClick={open}
      >
        <SaveIcon />
      </button>
      {failure && (
        <span role="alert" className="hf-alert">
          {messages.saveFailed(failure)}
        </span>
      )}
      {at && (
        <LaterChoice
          {...at}
          {...{ source, buttonRef }}
          onSave={(saved) => void follow(saved)}
          onClose={close}
        />
      )}
    </>
  );
}

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
  const [{ isSaving, failure }, setSaving] = useState({ isSaving: false, failure: '' });
  const { buttonRef, at, open, close } = useButtonMenu();
  const follow = async (saving: Promise<void>): Promise<void> => {
    setSaving({ isSaving: true, failure: '' });
    const failure = await saving.then(
      () => '',
      (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
    );
    setSaving({ isSaving: false, failure });
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
        aria-busy={isSaving}
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
          onSave={(saving) => void follow(saving)}
          onClose={close}
        />
      )}
    </>
  );
}

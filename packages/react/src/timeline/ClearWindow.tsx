import { useAllSettings } from '../theme/allSettings.ts';

/** Gives back the time that was picked. */
export function ClearWindow({ onClick }: { onClick: () => void }) {
  const { messages } = useAllSettings();
  return (
    <button type="button" className="hf-button hf-reset" onClick={onClick}>
      {messages.clearWindow}
    </button>
  );
}

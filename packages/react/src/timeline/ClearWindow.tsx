import { useSettings } from '../theme/settings.ts';

/** Gives back the time that was picked. */
export function ClearWindow({ onClick }: { onClick: () => void }) {
  const { messages } = useSettings();
  return (
    <button type="button" className="hf-button hf-reset" onClick={onClick}>
      {messages.clearWindow}
    </button>
  );
}

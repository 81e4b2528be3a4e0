import { useSettings } from '../theme/settings.ts';
import type { Instead } from './comesLater.tsx';

/** In place of a small part: nothing while its code is on its way, a button where that failed. */
export const RetryCode: Instead<object> = ({ error, retry }) => {
  const { messages } = useSettings();
  if (!error) return null;
  return (
    <button type="button" className="hf-button" title={error.message} onClick={retry}>
      {messages.retry}
    </button>
  );
};

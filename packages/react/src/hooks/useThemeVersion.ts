import { useSyncExternalStore } from 'react';
import { subscribeThemeChanges, themeVersion } from '../theme/themeChanges.ts';

/** Changes whenever colours that were read from the page must be read again. */
export function useThemeVersion(): number {
  return useSyncExternalStore(subscribeThemeChanges, themeVersion, () => 0);
}

import { useMemo, type ReactNode } from 'react';
import { given } from '../state/given.ts';
import { createNumberFormat } from '../format/numbers.ts';
import { SettingsContext, useSettings, type Settings, type SettingsProps } from './settings.ts';

/** Settings of the components inside; what is not said stays as it is outside. */
export function SettingsProvider({
  messages,
  locale,
  colorScheme,
  styleNonce,
  children,
}: SettingsProps & { children: ReactNode }) {
  const outer = useSettings();
  const settings = useMemo<Settings>(
    () => ({
      messages: messages ? { ...outer.messages, ...given(messages) } : outer.messages,
      locale: locale ?? outer.locale,
      format: locale === undefined ? outer.format : createNumberFormat(locale),
      colorScheme: colorScheme ?? outer.colorScheme,
      styleNonce: styleNonce ?? outer.styleNonce,
    }),
    [outer, messages, locale, colorScheme, styleNonce],
  );
  return <SettingsContext.Provider value={settings}>{children}</SettingsContext.Provider>;
}

import type { ComponentType } from 'react';
import { SettingsProvider } from './SettingsProvider.tsx';
import type { SettingsProps } from './settings.ts';

type WithSettingsProps<Props> = Props & SettingsProps & { of: ComponentType<Props> };

/** Draws a component, and all that is inside of it, with the settings that are among its props. */
export function WithSettings<Props extends object>({
  of: Component,
  messages,
  locale,
  colorScheme,
  styleNonce,
  ...rest
}: WithSettingsProps<Props>) {
  // What is left when the settings are taken out is the component's own.
  const props = rest as unknown as Props;
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <Component {...props} />
    </SettingsProvider>
  );
}

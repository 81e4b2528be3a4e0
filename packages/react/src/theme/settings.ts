import { createContext, useContext } from 'react';
import { createNumberFormat, type NumberFormat } from '../format/numbers.ts';
import type { Messages } from '../messages/messages.ts';
import { pageMessages, type PageMessages } from '../messages/pageMessages.ts';

export type ColorScheme = 'auto' | 'light' | 'dark';

/** How things are worded, written and coloured, for every component below. */
export interface Settings {
  /** Has more in it: what a host says in place of the texts that come later. */
  readonly messages: PageMessages;
  readonly locale: string | undefined;
  readonly format: NumberFormat;
  readonly colorScheme: ColorScheme;
  readonly styleNonce: string | undefined;
}

export interface SettingsProps {
  /** Texts to use in place of the English ones. */
  messages?: Partial<Messages>;
  /** BCP 47 tag that numbers and dates are written for; the reader's own if not said. */
  locale?: string;
  /** `auto` follows `data-mantine-color-scheme` or `data-theme` on the page, else the system. */
  colorScheme?: ColorScheme;
  /** Nonce for the style element, where a content security policy asks for one. */
  styleNonce?: string;
}

export const SettingsContext = /* @__PURE__ */ createContext<Settings>({
  messages: pageMessages,
  locale: undefined,
  format: createNumberFormat(),
  colorScheme: 'auto',
  styleNonce: undefined,
});

export function useSettings(): Settings {
  return useContext(SettingsContext);
}

import { laterMessages } from '../messages/laterMessages.ts';
import type { Messages } from '../messages/messages.ts';
import { useSettings, type Settings } from './settings.ts';

/** Settings with the texts of everything, for what is not there when a page begins. */
export interface AllSettings extends Settings {
  readonly messages: Messages;
}

const known = new WeakMap<Settings, AllSettings>();

/** The same object for the same settings. */
export function useAllSettings(): AllSettings {
  const settings = useSettings();
  let all = known.get(settings);
  if (!all) {
    all = { ...settings, messages: { ...laterMessages, ...settings.messages } };
    known.set(settings, all);
  }
  return all;
}

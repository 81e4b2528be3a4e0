import { laterMessages, type LaterMessages } from './laterMessages.ts';
import { pageMessages, type PageMessages } from './pageMessages.ts';

/**
 * Every text that the components show or announce. Give any of them through `messages` on
 * `<ProfilesProvider>` or on a component. Numbers arrive formatted for the locale.
 */
export interface Messages extends PageMessages, LaterMessages {}

/** The English ones. */
export const defaultMessages: Messages = { ...pageMessages, ...laterMessages };

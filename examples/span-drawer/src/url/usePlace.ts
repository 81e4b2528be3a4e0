import {
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { SORTS } from '../data/traces.ts';

export const TABS = ['overview', 'profile', 'logs'] as const;
export type Tab = (typeof TABS)[number];

export const PROFILE_VIEWS = ['graph', 'both', 'table'] as const;
export type ProfileView = (typeof PROFILE_VIEWS)[number];

/**
 * Everything that a link to this page restores: what the list shows, which trace and span are
 * open, on which tab, and how the flame graph was left.
 */
const place = {
  q: parseAsString.withDefault(''),
  endpoint: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(SORTS).withDefault('newest'),
  minutes: parseAsInteger.withDefault(60),
  live: parseAsBoolean.withDefault(true),
  trace: parseAsString.withDefault(''),
  span: parseAsString.withDefault(''),
  tab: parseAsStringLiteral(TABS).withDefault('overview'),
  view: parseAsStringLiteral(PROFILE_VIEWS).withDefault('graph'),
  below: parseAsBoolean.withDefault(false),
  flame: parseAsString.withDefault(''),
};

/** What is opened is closed by the browser's back button, as people try on a phone. */
export const OPENING = { history: 'push' } as const;

export function usePlace() {
  return useQueryStates(place);
}

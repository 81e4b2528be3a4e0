import { CallTreeError } from '../model/errors.ts';
import { FRAME_KINDS } from '../model/frames.ts';
import { FRAME_PROPERTIES, type Transform, type TransformType } from './transform.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isKind: Check = (value) => (FRAME_KINDS as readonly unknown[]).includes(value);
const isGranularity: Check = (value) => value === 'function' || value === 'line';
const isProperty: Check = (value) => (FRAME_PROPERTIES as readonly unknown[]).includes(value);
const isFlag: Check = (value) => typeof value === 'boolean';
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const record =
  (fields: Record<string, Check>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, check]) =>
      check((value as Record<string, unknown>)[name]),
    );

const isPattern: Check = (value) =>
  isText(value) ||
  record({
    pattern: isText,
    kind: maybe((kind) => kind === 'text' || kind === 'fuzzy' || kind === 'regex'),
    caseSensitive: maybe(isFlag),
    fields: maybe(listOf((field) => field === 'name' || field === 'file' || field === 'mapping')),
  })(value);
const isFilter = record({
  query: maybe((query) => isPattern(query) || listOf(isPattern)(query)),
  kinds: maybe(listOf(isKind)),
});

const ofFunction = { frame: isText, granularity: maybe(isGranularity) };
const ofNode = {
  path: listOf(isText),
  granularity: maybe(isGranularity),
  inverted: maybe(isFlag),
};

/** What each transform is made of. Anything else a value holds is let be: it may come of age later. */
const FIELDS: Record<TransformType, Record<string, Check>> = {
  'focus-subtree': ofNode,
  'focus-function': ofFunction,
  'focus-self': ofFunction,
  'focus-kind': { kind: isKind },
  'drop-function': ofFunction,
  'drop-kind': { kind: isKind },
  'merge-function': ofFunction,
  'merge-node': ofNode,
  'hide-frames': { frames: isFilter },
  'keep-frames': { frames: isFilter },
  'collapse-subtree': ofFunction,
  'collapse-direct-recursion': { frame: maybe(isText), granularity: maybe(isGranularity) },
  'collapse-recursion': ofFunction,
  'collapse-property': { by: isProperty, value: isText },
  'group-by': { by: isProperty },
  'focus-label': { label: isText, value: isText },
  'drop-label': { label: isText, value: isText },
  'group-by-label': { label: isText },
};

/**
 * Transforms out of a value from outside, such as a link. Throws `invalid-format`, naming the place,
 * for anything that is not one: `transforms[2].frame`.
 */
export function parseTransforms(value: unknown): Transform[] {
  if (!Array.isArray(value)) throw refusal('transforms');
  value.forEach((item: unknown, i) => {
    if (typeof item !== 'object' || item === null) throw refusal(`transforms[${i}]`);
    const fields = item as Record<string, unknown>;
    const { type } = fields;
    // A list of one name would read as that name.
    if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) {
      throw refusal(`transforms[${i}].type`);
    }
    for (const [name, check] of Object.entries(FIELDS[type as TransformType])) {
      if (!check(fields[name])) throw refusal(`transforms[${i}].${name}`);
    }
  });
  return value as Transform[];
}

function refusal(field: string): CallTreeError {
  return new CallTreeError('invalid-format', `${field} is not part of a transform`, { field });
}

import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { NAMEABLE } from '../plan/intervals.ts';
import type { FullLimits } from './limits.ts';
import type { FlamegraphQuestion } from './questions.ts';
import { bySampleTime, type CheckedScope } from './checked-scope.ts';
import type { AttributeFilter, FunctionKey, OneOrMore, ProfileScope, TimeRange } from './scope.ts';

const DAY_MS = 86_400_000;

/** Before anything is read of a question that comes from code without types. */
export function checkQuestion(question: ProfileScope): void {
  if (!isRecord(question)) throw invalid('question', `${shown(question)} is not one.`);
}

/** The scope as queries take it, or `invalid-question` naming the field at fault. */
export function checkScope(scope: ProfileScope, limits: FullLimits): CheckedScope {
  checkQuestion(scope);
  const traceId = checkId(scope.traceId, 'traceId', 32);
  const spanId = checkId(scope.spanId, 'spanId', 16);
  if (scope.includeChildren) {
    requireSpan(traceId, spanId, 'The children of a span are found');
  }
  if (checkChoice(scope.linkage, 'linkage', ['linked', 'estimated']) === 'estimated') {
    requireSpan(traceId, spanId, 'The process of a span is found');
    if (scope.includeChildren) {
      throw invalid('includeChildren', 'An estimate is about one span, not those below it, too.');
    }
  }
  checkTexts(scope.service, 'service');
  checkTexts(scope.workload, 'workload');
  checkText(scope.profileType, 'profileType');
  checkList(scope.under, 'under').forEach((key, i) => checkFunction(key, `under[${i}]`));
  if (scope.containing !== undefined) checkFunction(scope.containing, 'containing');
  const { resource = {} } = scope;
  if (!isRecord(resource)) throw invalid('resource', 'It is not an object of keys and values.');
  for (const [key, value] of Object.entries(resource)) {
    checkTexts(value, `resource.${key}`);
  }
  checkList(scope.attributes, 'attributes').forEach((filter, i) => {
    checkAttribute(filter, `attributes[${i}]`);
  });
  checkTimeRange(scope.timeRange, limits);
  const checked = { ...scope, traceId, spanId };
  if (checkChoice(scope.timeBy, 'timeBy', ['collection', 'sample']) === 'collection')
    return checked;
  if (scope.linkage === 'estimated') {
    throw invalid('timeBy', 'An estimate is of the time in which the span ran.', 'Leave it out.');
  }
  return scope.timeRange ? { ...checked, ...bySampleTime(scope.timeRange, limits) } : checked;
}

/** The id in lower case. */
function checkId<Id extends string | undefined>(id: Id, field: string, digits: number): Id {
  if (id === undefined) return id;
  if (typeof id !== 'string' || id.length !== digits || !/^[0-9a-fA-F]+$/.test(id)) {
    throw invalid(
      field,
      `${shown(id)} is no ${field === 'spanId' ? 'span' : 'trace'} id.`,
      `It has ${digits} hexadecimal digits.`,
    );
  }
  if (/^0+$/.test(id)) {
    throw invalid(field, `An id of zeros means that there is none.`, `Leave ${field} out.`);
  }
  return id.toLowerCase() as Id;
}

/** The time range of a question that can't do without. */
export function requireTimeRange({ timeRange }: ProfileScope): TimeRange {
  if (timeRange === undefined) throw invalid('timeRange', 'It is missing.');
  return timeRange;
}

function checkTimeRange(range: TimeRange | undefined, limits: FullLimits): void {
  if (range === undefined) return;
  if (!isRecord(range)) throw invalid('timeRange', `${shown(range)} has no from and to.`);
  for (const end of ['from', 'to'] as const) {
    const time = range[end] instanceof Date ? range[end].getTime() : NaN;
    if (Number.isNaN(time)) throw invalid(`timeRange.${end}`, 'It is not a valid Date.');
    if (time < NAMEABLE.from || time > NAMEABLE.to) {
      throw invalid(`timeRange.${end}`, 'The year is not between 1900 and 2262.');
    }
  }
  const length = range.to.getTime() - range.from.getTime();
  if (length < 0) {
    throw invalid('timeRange', 'It ends before it begins.', 'Swap from and to.');
  }
  if (length === 0) {
    throw invalid('timeRange', 'It is empty: from and to are the same time.');
  }
  const { maxDays } = limits;
  if (length > maxDays * DAY_MS) {
    throw invalid(
      'timeRange',
      `It is ${Math.ceil(length / DAY_MS)} days long; at most ${maxDays} are allowed.`,
      'Choose a shorter range, or raise limits.maxDays.',
    );
  }
}

/** A whole number between `least` and `most`, or `otherwise` when left out. */
export function checkCount(
  value: number | undefined,
  field: string,
  { least = 1, most, otherwise }: { least?: number; most: number; otherwise: number },
): number {
  if (value === undefined) return otherwise;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw invalid(field, `${shown(value)} is not a whole number from ${least} to ${most}.`);
  }
  return value;
}

/** One of the choices, or the first of them when left out. */
export function checkChoice<Choice extends string>(
  value: Choice | undefined,
  field: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (value === undefined) return choices[0];
  if (!choices.includes(value)) {
    const known = choices.map((choice) => `"${choice}"`).join(' nor ');
    throw invalid(field, `${shown(value)} is neither ${known}.`);
  }
  return value;
}

/** Whether stacks are told apart by functions only, or by lines too. */
export function checkGranularity({ granularity }: FlamegraphQuestion): 'function' | 'line' {
  return checkChoice(granularity, 'granularity', ['function', 'line']);
}

const MOST_LABELS = 2;
const MOST_GROUPS = 100;
const DEFAULT_GROUPS = 20;

/** The labels that stacks are told apart by; none if the question does not say. */
export function grouping({ groupBy = [], maxGroups }: FlamegraphQuestion): {
  labels: readonly string[];
  maxGroups: number;
} {
  const labels = typeof groupBy === 'string' ? [groupBy] : groupBy;
  if (!Array.isArray(labels) || labels.some((key) => typeof key !== 'string' || key === '')) {
    throw invalid('groupBy', 'A label has a key.');
  }
  if (new Set(labels).size < labels.length || labels.length > MOST_LABELS) {
    throw invalid('groupBy', `It can be one label, or ${MOST_LABELS} different ones.`);
  }
  return {
    labels: labels as readonly string[],
    maxGroups: checkCount(maxGroups, 'maxGroups', { most: MOST_GROUPS, otherwise: DEFAULT_GROUPS }),
  };
}

const MOST_ADDRESS = 2n ** 64n - 1n;

function checkFunction(key: FunctionKey, field: string): void {
  if (!isRecord(key) || typeof key.name !== 'string') {
    throw invalid(field, 'A function has a name, which may be empty.');
  }
  checkText(key.file, `${field}.file`);
  checkText(key.mapping, `${field}.mapping`);
  const { address = 0n } = key;
  if (typeof address !== 'bigint' || address < 0n || address > MOST_ADDRESS) {
    throw invalid(`${field}.address`, `${String(address)} is no 64-bit address.`);
  }
}

function checkAttribute(filter: AttributeFilter, field: string): void {
  if (!isRecord(filter)) throw invalid(field, `${shown(filter)} is no attribute filter.`);
  const { on, key, value } = filter;
  if (!['resource', 'sample', 'profile'].includes(on)) {
    throw invalid(`${field}.on`, `${shown(on)} carries no attributes.`);
  }
  if (typeof key !== 'string' || key === '') {
    throw invalid(`${field}.key`, 'An attribute filter needs a key.');
  }
  if (value === undefined) {
    throw invalid(`${field}.value`, 'An attribute filter needs a value.');
  }
  checkTexts(value, `${field}.value`);
}

function requireSpan(traceId: string | undefined, spanId: string | undefined, what: string): void {
  if (traceId === undefined) throw invalid('traceId', `${what} by its trace and span id.`);
  if (spanId === undefined) throw invalid('spanId', `${what} by its trace and span id.`);
}

/** The items of a list that may be left out. */
function checkList<Item>(list: readonly Item[] | undefined, field: string): readonly Item[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw invalid(field, `${shown(list)} is not a list.`);
  return list;
}

/** A list of texts, which says nothing when it is empty. */
export function checkTextList(list: readonly string[] | undefined, field: string): void {
  if (list === undefined) return;
  for (const text of checkList(list, field)) checkText(text, field);
  if (list.length === 0) {
    throw invalid(field, 'The list is empty, so nothing could match.', `Leave ${field} out.`);
  }
}

function checkTexts(value: OneOrMore | undefined, field: string): void {
  if (Array.isArray(value)) checkTextList(value, field);
  else checkText(value as string | undefined, field);
}

export function checkText(value: string | undefined, field: string): void {
  if (value !== undefined && typeof value !== 'string') {
    throw invalid(field, `${shown(value)} is not a text.`);
  }
}

function isRecord(value: object): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What was given, of whatever type it is. */
function shown(value: unknown): string {
  // Not every object can be made a text of: what parses addresses makes some without a prototype.
  if (typeof value === 'object') return 'This';
  return typeof value === 'string' ? `"${value}"` : String(value);
}

export function invalid(field: string, message: string, hint?: string): ProfileQueryError {
  return new ProfileQueryError('invalid-question', `${field}: ${message}`, { field, hint });
}

import type { Profiles } from '@hyperflame/sdk';
import type { Corpus } from './corpus.ts';
import { questions } from './questions.ts';

/** What a database answers, by question, in a form that can be compared. */
export type Answers = ReadonlyMap<string, string>;

export async function answersOf(
  profiles: Profiles,
  corpus: Corpus,
  tell: (question: string, nth: number, of: number) => void = () => undefined,
): Promise<Answers> {
  const answers = new Map<string, string>();
  const asked = questions(corpus);
  for (const [i, [name, ask]] of asked.entries()) {
    tell(name, i + 1, asked.length);
    answers.set(name, await readable(ask(profiles)));
  }
  return answers;
}

/** A question that the database refuses is said too, so that all of them are seen. */
async function readable(answer: Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify(await answer, comparable);
  } catch (error) {
    return `${REFUSED}: ${String(error)}`;
  }
}

export const REFUSED = 'refused';

/** Of an answer: no samples in all, or an empty list. */
export const EMPTY = /^\{(?:[^{[]*"samples":0\b|"items":\[\])/;

/**
 * How an answer came about may differ: from which tables, and with it to which second the first and
 * the last sample are known. What it says may not.
 */
const NOT_COMPARED = new Set(['stats', 'firstSeen', 'lastSeen']);

function comparable(key: string, value: unknown): unknown {
  if (NOT_COMPARED.has(key)) return undefined;
  // Parts of samples, of an estimate, are added up in any order.
  if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(12));
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Float64Array) return [...value];
  if (Array.isArray(value) && (key === 'items' || key === 'values')) {
    return value.map((item) => JSON.stringify(item, comparable)).sort();
  }
  return value;
}

export interface Difference {
  readonly question: string;
  readonly expected: string;
  readonly actual: string;
}

/** Where two databases that hold the same samples answer differently. */
export function differences(expected: Answers, actual: Answers): Difference[] {
  return [...expected].flatMap(([question, answer]) => {
    const other = actual.get(question) ?? 'no answer';
    return other === answer ? [] : [{ question, ...around(answer, other) }];
  });
}

/** The place where two texts part, with what is about it. */
function around(expected: string, actual: string): { expected: string; actual: string } {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at++;
  const from = Math.max(0, at - 60);
  return { expected: expected.slice(from, at + 100), actual: actual.slice(from, at + 100) };
}

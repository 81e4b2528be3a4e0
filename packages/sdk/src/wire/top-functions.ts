import type { TopFunction, TopFunctionsAnswer } from '../answers.ts';
import { frameKind } from '@hyperflame/calltree';
import { readHead } from './head.ts';
import { parseRows, unreadable, type WireNumber } from './rows.ts';

/** `[part, self, total, selfSamples, totalSamples, texts]`. */
type WireRow = readonly [number, WireNumber, WireNumber, number, number, readonly string[]];

export type ParsedTopFunctions = Omit<TopFunctionsAnswer, 'stats' | 'expired'>;

/**
 * Reads the answer to `topFunctionsQuery`: the head with the totals, then a row for each function,
 * heaviest first. A function's texts are name, file, mapping, kind, address, and how many functions
 * there are in all.
 */
export function parseTopFunctions(text: string): ParsedTopFunctions {
  const [first, ...rows] = parseRows(text) as WireRow[];
  if (first?.[0] !== 0) throw unreadable('its head is missing');
  const head = readHead(first[2], first[4], first[5]);
  const functions = rows.map(readFunction);
  const functionCount = rows.length === 0 ? 0 : Number(rows[0][5][5]);
  const exact = [head, ...functions].every(({ total }) => Number.isSafeInteger(total));
  return {
    functions,
    functionCount,
    profileType: head.profileType,
    unit: head.unit,
    total: head.total,
    samples: head.samples,
    linkage: head.linkage,
    estimate: head.estimate,
    exact,
    complete:
      functions.length === functionCount &&
      head.stacks === 0 &&
      head.unplacedSpans === 0 &&
      head.otherUnits.length === 0,
    unplacedSpans: head.unplacedSpans,
    otherUnits: head.otherUnits,
    unknownStacks: head.stacks,
    sampling: head.sampling,
  };
}

function readFunction([, self, total, selfSamples, totalSamples, texts]: WireRow): TopFunction {
  const [name, file, mapping, kind, address] = texts;
  return {
    name,
    file,
    mapping,
    kind: frameKind(kind),
    address: address === '' ? 0n : BigInt(address),
    self: Number(self),
    total: Number(total),
    selfSamples: Number(selfSamples),
    totalSamples: Number(totalSamples),
  };
}

import {
  isCallTreeError,
  readStackRows,
  StackRowsReader,
  type ReadRowsOptions,
  type RowsHead,
  type RowsTotal,
  type StacksRead,
} from '@hyperflame/calltree';
import type { Engine } from '@hyperflame/calltree/worker';
import type { FlamegraphAnswer } from '../answers.ts';
import { ProfileQueryError } from '../errors/profile-query-error.ts';
import { errorInText } from '../errors/server-error.ts';
import { readHead, type Head } from './head.ts';
import { unreadable } from './rows.ts';

/** `expired` and `stats` are known to the one who asked. */
export type ParsedFlamegraph = Omit<FlamegraphAnswer, 'stats' | 'expired'>;

/** What reads rows of frames and stacks: an engine, in its worker. */
export type StackReader = Pick<Engine, 'readStacks'>;

export interface ReadFlamegraphOptions extends Pick<ReadRowsOptions, 'signal' | 'onProgress'> {
  readonly reader?: StackReader;
  /** As many stacks were asked for; more are not to come, and fewer are too few. */
  readonly maxStacks: number;
  /** What there is so far, and what share of the stacks that is. */
  readonly onPartial?: (partial: ParsedFlamegraph, share: number) => void;
}

/**
 * Reads the answer to `flamegraphQuery`, in one go: rows of frames and stacks, which `StackRows` of
 * `@hyperflame/calltree` describes, behind a head that `readHead` reads.
 */
export function parseFlamegraph(text: string): ParsedFlamegraph {
  try {
    const reader = new StackRowsReader();
    reader.push(text);
    reader.end();
    const { read } = reader;
    return answerOf({ stacks: reader.table(totalOf(headOf(read.head!))), read });
  } catch (error) {
    throw asQueryError(error);
  }
}

/** Reads the same as it comes, in a worker or in short slices. */
export async function readFlamegraph(
  text: AsyncIterable<string>,
  { reader, maxStacks, onPartial, ...options }: ReadFlamegraphOptions,
): Promise<ParsedFlamegraph> {
  const readStacks = reader?.readStacks.bind(reader) ?? readStackRows;
  let stacks = 0;
  const total = (sent: RowsHead): RowsTotal => {
    const head = headOf(sent);
    stacks = Math.min(maxStacks, head.stacks - head.skipped.stacks);
    return { ...totalOf(head), stacks };
  };
  try {
    const read = await readStacks(text, total, {
      ...options,
      onPartial:
        onPartial && ((partial) => onPartial(answerOf(partial), partial.read.stacks / stacks)),
    });
    return answerOf(read);
  } catch (error) {
    throw asQueryError(error);
  }
}

function headOf({ weight, samples, texts }: RowsHead): Head {
  return readHead(weight, samples, texts);
}

/** What the stacks of an answer add up to: all in scope but those that were skipped. */
function totalOf({ unit, total, samples, skipped, sampling }: Head): Omit<RowsTotal, 'stacks'> {
  return {
    unit,
    weight: total - skipped.weight,
    samples: samples - skipped.samples,
    samplingRate: sampling?.rate,
  };
}

function answerOf({ stacks, read }: StacksRead): ParsedFlamegraph {
  const head = headOf(read.head!);
  const { skipped, total } = head;
  const leftOut = {
    stacks: head.stacks - skipped.stacks - (read.stacks - read.unknownStacks),
    weight: stacks.otherWeight,
    samples: stacks.otherCount,
  };
  return {
    stacks,
    profileType: head.profileType,
    unit: head.unit,
    total,
    samples: head.samples,
    linkage: head.linkage,
    estimate: head.estimate,
    exact: read.exact && Number.isSafeInteger(total),
    complete: leftOut.stacks === 0 && head.unplacedSpans === 0 && head.otherUnits.length === 0,
    unplacedSpans: head.unplacedSpans,
    otherUnits: head.otherUnits,
    unknownStacks: read.unknownStacks,
    sampling: head.sampling,
    skipped,
    leftOut,
  };
}

/** What is no row is a server's reason, if it can be understood as one. */
function asQueryError(error: unknown): unknown {
  if (!isCallTreeError(error)) return error;
  if (error.kind === 'disposed') {
    return new ProfileQueryError('aborted', 'The engine was shut down.', { cause: error });
  }
  return errorInText(error.message, error) ?? unreadable(error.message, error);
}

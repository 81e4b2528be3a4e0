import type { Unit } from '@hyperflame/calltree';
import type { Estimate, LeftOut, ProfileAnswer, SamplingError } from '../answers.ts';
import { SAMPLED_ONE_IN } from '../plan/plan.ts';
import type { Linkage } from '../questions/scope.ts';
import { PROCESS_IDENTITIES } from '../sql/process-source.ts';
import type { WireNumber } from './rows.ts';

/** What the first row of an answer says; `headTexts` writes it. */
export interface Head extends Pick<
  ProfileAnswer,
  | 'profileType'
  | 'unit'
  | 'total'
  | 'samples'
  | 'linkage'
  | 'estimate'
  | 'sampling'
  | 'unplacedSpans'
  | 'otherUnits'
> {
  readonly stacks: number;
  readonly skipped: LeftOut;
  /** Samples without a time of their own. */
  readonly spreadSamples: number;
}

export function readHead(total: WireNumber, samples: number, texts: readonly string[]): Head {
  const [linkage, profileType, unit, processBy, spread, variance, stacks, ...further] = texts;
  const [skippedWeight, skippedSamples, skippedStacks, unplacedSpans, units, ...rest] = further;
  const otherUnits = rest.slice(0, Number(units));
  const span = rest.slice(Number(units));
  return {
    profileType,
    unit: unit satisfies Unit,
    total: Number(total),
    samples: Number(samples),
    linkage: linkage as Linkage,
    estimate: linkage === 'estimated' ? readEstimate(span, spread, processBy) : undefined,
    stacks: Number(stacks),
    sampling: variance === '' ? undefined : readSampling(Number(variance), Number(total)),
    skipped: {
      stacks: Number(skippedStacks),
      weight: Number(skippedWeight),
      samples: Number(skippedSamples),
    },
    spreadSamples: Number(spread),
    unplacedSpans: Number(unplacedSpans),
    otherUnits,
  };
}

function readSampling(variance: number, total: number): SamplingError {
  return {
    rate: 1 / SAMPLED_ONE_IN,
    expectedError: total === 0 ? Infinity : Math.sqrt(variance) / Math.abs(total),
  };
}

function readEstimate(span: readonly string[], spread: string, processBy: string): Estimate {
  const spanFound = span.length > 0;
  return {
    spanFound,
    from: spanFound ? dateFromNanoseconds(span[0]) : undefined,
    to: spanFound ? dateFromNanoseconds(span[1]) : undefined,
    service: spanFound ? span[2] : undefined,
    processBy: PROCESS_IDENTITIES[Number(processBy) - 1],
    spreadSamples: Number(spread),
  };
}

function dateFromNanoseconds(nanoseconds: string): Date {
  return new Date(Number(BigInt(nanoseconds) / 1_000_000n));
}

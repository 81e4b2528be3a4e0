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
  const [linkage, profileType, unit, processBy, spread, sampled, stacks, ...further] = texts;
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
    sampling: sampled === '' ? undefined : readSampling(sampled, Number(total), Number(samples)),
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

/** What a sample of the rows tells, as `[variance, samples seen]`, of a total of these samples. */
export function readSampling(sampled: string, total: number, samples: number): SamplingError {
  const [variance = 0, seen = 0] = JSON.parse(sampled) as number[];
  // Each row of the sample stands for more than itself. Where there is none, nothing is known of the
  // time that the sample was to answer for.
  const isKnown = total !== 0 && seen < samples;
  return {
    rate: samples === 0 ? 1 / SAMPLED_ONE_IN : seen / samples,
    expectedError: isKnown ? Math.sqrt(variance) / Math.abs(total) : Infinity,
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

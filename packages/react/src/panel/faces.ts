import type { ComponentType } from 'react';
import type { FlamegraphAnswer, FlamegraphQuestion, SamplingError } from '@hyperflame/sdk';

export interface LoadingFaceProps {
  /** What is being looked for, in words; missing while what was found is got ready. */
  readonly lookedFor?: string;
}

export interface EmptyFaceProps {
  readonly question: FlamegraphQuestion;
  readonly answer: FlamegraphAnswer;
  /** What was looked for and in which table, in words. */
  readonly lookedFor: string;
  readonly where: string;
  /** Asks again: samples come once their collection is over. */
  readonly lookAgain: () => void;
  /** Set when the span's process can be looked at instead; shows that. */
  readonly showEstimate?: () => void;
  /** Set when the estimate is what is empty; goes back. */
  readonly showLinked?: () => void;
  /** Set when the type of profile was chosen, maybe where there was more; shows whichever there is. */
  readonly showAnyType?: () => void;
  /** Set when a time was picked, which may lie inside of a collection window; shows all of the range. */
  readonly showAnyTime?: () => void;
}

export interface ErrorFaceProps {
  /**
   * A `ProfileQueryError` when the question failed, a `CallTreeError` when its answer is damaged, a
   * `CodeLoadError` when what draws it could not be fetched.
   */
  readonly error: Error;
  /** Tries again; missing where nothing was asked. */
  readonly retry?: () => void;
  /** Set when it was a choice that led to this; takes back all that was chosen since something was shown. */
  readonly takeBack?: () => void;
}

/** Over the picture: something is left out of it. */
export interface PartialFaceProps {
  readonly answer: FlamegraphAnswer;
  /** Set when the heaviest stacks are what is left out; goes back to them. */
  readonly showAll?: () => void;
}

/** Over the picture: its figures are estimated from a part of the rows. */
export interface SampledFaceProps {
  readonly answer: FlamegraphAnswer;
  readonly sampling: SamplingError;
}

/** Over a picture that is still shown while a newer one is on its way. */
export interface UpdatingFaceProps {
  /** What is being looked for, in words. */
  readonly lookedFor: string;
}

/** Over a picture of the stacks that have come so far; its totals are those of all. */
export interface StreamingFaceProps {
  readonly answer: FlamegraphAnswer;
  /** How much of the stacks is in it, from 0 to 1. */
  readonly share: number;
  /** What is to be known of such a picture, if it is not that of one profile. */
  readonly hint?: string;
}

/** Over or in place of a picture that takes long to compute. */
export interface ComputingFaceProps {
  /** How much of it is done, from 0 to 1. */
  readonly share: number;
}

/** Over the picture of a span: how its samples were found. */
export interface LinkageFaceProps {
  readonly question: FlamegraphQuestion;
  readonly answer: FlamegraphAnswer;
  /** How long the span took, in nanoseconds, where the host says so. */
  readonly spanDuration?: number;
  readonly showLinked?: () => void;
}

/** Over a picture that could not be brought up to date. */
export interface StaleFaceProps {
  readonly error: Error;
  readonly retry: () => void;
}

/** What a panel shows when there is no picture, and round it. A host may bring any of its own. */
export interface Faces {
  readonly Loading: ComponentType<LoadingFaceProps>;
  readonly Empty: ComponentType<EmptyFaceProps>;
  readonly Error: ComponentType<ErrorFaceProps>;
  readonly Partial: ComponentType<PartialFaceProps>;
  readonly Linkage: ComponentType<LinkageFaceProps>;
  readonly Stale: ComponentType<StaleFaceProps>;
  readonly Updating: ComponentType<UpdatingFaceProps>;
  readonly Streaming: ComponentType<StreamingFaceProps>;
  readonly Computing: ComponentType<ComputingFaceProps>;
  readonly Sampled: ComponentType<SampledFaceProps>;
}

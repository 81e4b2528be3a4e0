import type { Facet } from '@hyperflame/sdk';

/** Labels of the samples in scope, which are asked for when somebody wants to choose one. */
export interface AskedLabels {
  /** `undefined` as long as they are not known. */
  readonly facets: readonly Facet[] | undefined;
  /** They are on their way. */
  readonly isAsking: boolean;
  /** They could not be loaded. */
  readonly hasFailed: boolean;
  /** Somebody looks at what there is to choose from, or no longer does. */
  readonly look: (isLooking: boolean) => void;
}

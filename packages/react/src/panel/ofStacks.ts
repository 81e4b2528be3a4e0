import type { Granularity, StackTable } from '@hyperflame/calltree';
import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import type { Faces } from './faces.ts';

/** What a component needs that computes its picture from stacks, and then draws it. */
export interface OfStacks {
  stacks: StackTable;
  granularity?: Granularity;
  state: FlameState;
  update: UpdateFlameState;
  faces?: Partial<Faces>;
  /** Asks for the stacks again; missing where they were given. */
  retry?: () => void;
}

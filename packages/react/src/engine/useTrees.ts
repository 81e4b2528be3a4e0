import { useCallback, useContext } from 'react';
import type {
  CallTree,
  CallTreeOptions,
  DiffTree,
  FunctionTable,
  StackTable,
} from '@hyperflame/calltree';
import { useEngineResult, type EngineResult } from '../hooks/useEngineResult.ts';
import { EngineContext } from './EngineContext.ts';

/** The call tree of a profile, merged in the engine's worker. `undefined` stacks ask nothing. */
export function useCallTree(
  stacks: StackTable | undefined,
  { granularity, invert }: CallTreeOptions = {},
): EngineResult<CallTree> {
  const engine = useContext(EngineContext);
  const compute = useCallback(
    (signal: AbortSignal) => engine().tree(stacks!, { granularity, invert }, { signal }),
    [engine, stacks, granularity, invert],
  );
  return useEngineResult(stacks && compute);
}

/** Two profiles merged into one tree with the weights of both. */
export function useDiffTree(
  before: StackTable | undefined,
  after: StackTable | undefined,
  { granularity, invert }: CallTreeOptions = {},
): EngineResult<DiffTree> {
  const engine = useContext(EngineContext);
  const compute = useCallback(
    (signal: AbortSignal) => engine().diff(before!, after!, { granularity, invert }, { signal }),
    [engine, before, after, granularity, invert],
  );
  return useEngineResult(before && after && compute);
}

/** Each function of a profile, summed up over all places it occurs in. */
export function useFunctionTable(
  stacks: StackTable | undefined,
  { granularity }: Pick<CallTreeOptions, 'granularity'> = {},
): EngineResult<FunctionTable> {
  const engine = useContext(EngineContext);
  const compute = useCallback(
    (signal: AbortSignal) => engine().functionTable(stacks!, { granularity }, { signal }),
    [engine, stacks, granularity],
  );
  return useEngineResult(stacks && compute);
}

import { useCallback, useContext, useEffect } from 'react';
import type {
  CallTree,
  CallTreeOptions,
  DiffDeltaOptions,
  DiffFunctionTable,
  DiffTree,
  FrameKey,
  FunctionTable,
  ModuleTreeOptions,
  Sandwich,
  StackTable,
} from '@hyperflame/calltree';
import type { Engine } from '@hyperflame/calltree/worker';
import {
  useEngineResult,
  type EngineResult,
  type ProgressListener,
} from '../hooks/useEngineResult.ts';
import { EngineContext } from './EngineContext.ts';

/** The engine, which gets ready while stacks are still being asked for. */
function useEngine(): () => Engine {
  const engine = useContext(EngineContext);
  useEffect(() => engine().start(), [engine]);
  return engine;
}

/**
 * The call tree of a profile, merged in the engine's worker. `undefined` stacks ask nothing. Keep
 * `transforms` stable, as those of a state are.
 */
export function useCallTree(
  stacks: StackTable | undefined,
  { granularity, invert, transforms }: CallTreeOptions = {},
): EngineResult<CallTree> {
  const engine = useEngine();
  const compute = useCallback(
    (signal: AbortSignal, onProgress: ProgressListener) =>
      engine().tree(stacks!, { granularity, invert, transforms }, { signal, onProgress }),
    [engine, stacks, granularity, invert, transforms],
  );
  return useEngineResult(stacks && compute);
}

/** Two profiles merged into one tree with the weights of both. */
export function useDiffTree(
  before: StackTable | undefined,
  after: StackTable | undefined,
  { granularity, invert, transforms }: CallTreeOptions = {},
): EngineResult<DiffTree> {
  const engine = useEngine();
  const compute = useCallback(
    (signal: AbortSignal, onProgress: ProgressListener) =>
      engine().diff(before!, after!, { granularity, invert, transforms }, { signal, onProgress }),
    [engine, before, after, granularity, invert, transforms],
  );
  return useEngineResult(before && after && compute);
}

/** Each function of a profile, summed up over all places it occurs in. */
export function useFunctionTable(
  stacks: StackTable | undefined,
  { granularity, transforms }: Omit<CallTreeOptions, 'invert'> = {},
): EngineResult<FunctionTable> {
  const engine = useEngine();
  const compute = useCallback(
    (signal: AbortSignal, onProgress: ProgressListener) =>
      engine().functionTable(stacks!, { granularity, transforms }, { signal, onProgress }),
    [engine, stacks, granularity, transforms],
  );
  return useEngineResult(stacks && compute);
}

/** What changed from one profile to another, function by function. */
export function useDiffFunctions(
  before: StackTable | undefined,
  after: StackTable | undefined,
  { granularity, transforms, form }: Omit<CallTreeOptions, 'invert'> & DiffDeltaOptions = {},
): EngineResult<DiffFunctionTable> {
  const engine = useEngine();
  const compute = useCallback(
    (signal: AbortSignal, onProgress: ProgressListener) => {
      const options = { granularity, transforms, form };
      return engine().diffFunctions(before!, after!, options, { signal, onProgress });
    },
    [engine, before, after, granularity, transforms, form],
  );
  return useEngineResult(before && after && compute);
}

/** The same of a diff that is there already. */
export function useFunctionsOfDiff(
  diff: DiffTree | undefined,
  { form }: DiffDeltaOptions = {},
): EngineResult<DiffFunctionTable> {
  const engine = useEngine();
  const compute = useCallback(
    (signal: AbortSignal, onProgress: ProgressListener) =>
      engine().functionsOfDiff(diff!, { form }, { signal, onProgress }),
    [engine, diff, form],
  );
  return useEngineResult(diff && compute);
}

/** Where self weight is spent, by module, package and function. Keep `kindNames` stable. */
export function useModuleTree(
  stacks: StackTable | undefined,
  { granularity, transforms, kindNames }: Omit<CallTreeOptions, 'invert'> & ModuleTreeOptions = {},
): EngineResult<CallTree> {
  const engine = useEngine();
  const compute = useCallback(
    (signal: AbortSignal, onProgress: ProgressListener) =>
      engine().moduleTree(stacks!, { granularity, transforms, kindNames }, { signal, onProgress }),
    [engine, stacks, granularity, transforms, kindNames],
  );
  return useEngineResult(stacks && compute);
}

/** A sandwich that says what it is of: the newest value may be that of the pivot before. */
export interface SandwichOf extends Sandwich {
  readonly pivot: FrameKey;
}

/** Callers and callees of a function over all the places it occurs in. An empty key asks nothing. */
export function useSandwich(
  stacks: StackTable | undefined,
  pivot: FrameKey,
  { granularity, transforms }: Omit<CallTreeOptions, 'invert'> = {},
): EngineResult<SandwichOf> {
  const engine = useEngine();
  const compute = useCallback(
    async (signal: AbortSignal, onProgress: ProgressListener): Promise<SandwichOf> => {
      const options = { granularity, transforms };
      return {
        ...(await engine().sandwich(stacks!, pivot, options, { signal, onProgress })),
        pivot,
      };
    },
    [engine, stacks, pivot, granularity, transforms],
  );
  return useEngineResult(stacks && pivot !== '' ? compute : undefined);
}

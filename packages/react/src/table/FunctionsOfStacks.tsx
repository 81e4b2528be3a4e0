import { useFunctionTable } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { FunctionRows, type SortingProps } from './FunctionRows.tsx';
import type { TableOptions } from './TopTableView.tsx';

/** The functions of stacks, summed up in a worker. */
export function FunctionsOfStacks(props: OfStacks & TableOptions & FrameCallbacks & SortingProps) {
  const { stacks, granularity, state, update } = props;
  const result = useFunctionTable(stacks, { granularity, transforms: state.transforms });
  return (
    <Computed {...props} result={result}>
      {(table) => <FunctionRows {...props} table={table} state={state} onStateChange={update} />}
    </Computed>
  );
}

import { useFunctionTable } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { ProfileTreemapView, type TreemapOptions } from './ProfileTreemapView.tsx';

/** The treemap of stacks, whose functions are summed up in a worker. */
export function TreemapOfStacks(props: OfStacks & TreemapOptions & FrameCallbacks) {
  const { stacks, granularity, state, update } = props;
  const result = useFunctionTable(stacks, { granularity, transforms: state.transforms });
  return (
    <Computed {...props} result={result}>
      {(table) => (
        <ProfileTreemapView {...props} table={table} state={state} onStateChange={update} />
      )}
    </Computed>
  );
}

import { useModuleTree } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import { useSettings } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { Areas } from './Areas.tsx';
import type { TreemapOptions } from './ProfileTreemapView.tsx';

/** The treemap of stacks, whose modules are summed up in a worker. */
export function TreemapOfStacks(props: OfStacks & TreemapOptions & FrameCallbacks) {
  const { stacks, granularity, state, update } = props;
  const { transforms } = state;
  const kindNames = useSettings().messages.kinds;
  const result = useModuleTree(stacks, { granularity, transforms, kindNames });
  return (
    <Computed {...props} result={result}>
      {(tree) => <Areas {...props} tree={tree} state={state} onStateChange={update} />}
    </Computed>
  );
}

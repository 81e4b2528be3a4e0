import { useCallTree } from '../engine/useTrees.ts';
import { saveName } from '../export/saveName.ts';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { FlameGraphView } from '../view/FlameGraphView.tsx';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { labelFrames } from '../transforms/labelsOfTransforms.ts';
import { Computed } from './Computed.tsx';
import type { OfStacks } from './ofStacks.ts';

export interface GraphOfStacksProps extends OfStacks, SurfaceOptions, FrameCallbacks {
  highlight?: (frame: FrameInfo) => boolean;
}

/** The call tree of stacks, changed and merged in a worker, as a flame graph. */
export function GraphOfStacks(props: GraphOfStacksProps) {
  const { stacks, granularity, state, update } = props;
  const { transforms, inverted: invert } = state;
  const result = useCallTree(stacks, { granularity, transforms, invert });
  const aboveStacks = labelFrames(transforms, stacks.labels);
  return (
    <Computed {...props} result={result}>
      {(tree) => (
        <FlameGraphView
          {...props}
          tree={tree}
          stacksToSave={() => stacks}
          state={state}
          onStateChange={update}
          // Paths of changed stacks are none of the profile that was asked for, but for the labels
          // that stand above them.
          labelFrames={aboveStacks}
          onAskBelow={aboveStacks === undefined ? undefined : props.onAskBelow}
          saveAs={props.saveAs ?? saveName(props.scope)}
        />
      )}
    </Computed>
  );
}

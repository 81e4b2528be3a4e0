import type { Asked } from '../panel/Asking.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import type { InspectorOptions } from './FrameInspectorView.tsx';
import { InspectorOfStacks } from './InspectorOfStacks.tsx';
import { useAskedDetails } from './useAskedDetails.ts';

type AskedInspectorProps = OfStacks & InspectorOptions & Pick<Asked, 'question' | 'answer'>;

/** Details of a function, and what only a further question can tell of it: its lines and labels. */
export function AskedInspector({ answer, question, ...props }: AskedInspectorProps) {
  const details = useAskedDetails(question, answer, props.state.pivot);
  const { leftOut, skipped } = answer;
  const tellsMore = leftOut.stacks + skipped.stacks > 0;
  return <InspectorOfStacks {...props} {...details} tellsMore={tellsMore} />;
}

import type { Asked } from '../panel/Asking.tsx';
import type { InspectorOptions } from './FrameInspectorView.tsx';
import { InspectorOfStacks } from './InspectorOfStacks.tsx';
import { useAskedDetails } from './useAskedDetails.ts';

/** Details of a function, and what only a further question can tell of it: its lines and labels. */
export function AskedInspector({ answer, question, ...props }: InspectorOptions & Asked) {
  const details = useAskedDetails(question, answer, props.state.pivot);
  return <InspectorOfStacks {...props} {...details} />;
}

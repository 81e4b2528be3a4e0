import { Asking, type Asked } from '../panel/Asking.tsx';
import type { PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { InspectorOptions } from './FrameInspectorView.tsx';
import { InspectorOfStacks } from './InspectorOfStacks.tsx';
import { useAskedDetails } from './useAskedDetails.ts';

export interface FrameInspectorProps
  extends PanelProps, InspectorOptions, FlameStateProps, SettingsProps {}

/**
 * Details of the function that the state's `pivot` names: beside a `<FlameGraph>` with the same
 * state, those of the frame that was chosen last.
 */
export function FrameInspector(props: FrameInspectorProps) {
  return <Asking {...props} picture={AskedInspector} />;
}

function AskedInspector({ answer, question, ...props }: InspectorOptions & Asked) {
  const details = useAskedDetails(question, answer, props.state.pivot);
  return <InspectorOfStacks {...props} {...details} />;
}

import { ProfilePanel, type PanelContent, type PanelProps } from '../panel/ProfilePanel.tsx';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import type { FlameState } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
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
export function FrameInspector({
  messages,
  locale,
  colorScheme,
  styleNonce,
  ...props
}: FrameInspectorProps) {
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <InspectorPanel {...props} />
    </SettingsProvider>
  );
}

function InspectorPanel(props: Omit<FrameInspectorProps, keyof SettingsProps>) {
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {(content) => <AskedInspector {...props} {...content} state={state} update={update} />}
    </ProfilePanel>
  );
}

interface AskedInspectorProps extends InspectorOptions, PanelContent {
  state: FlameState;
  update: UpdateFlameState;
}

function AskedInspector({ answer, question, ...props }: AskedInspectorProps) {
  const details = useAskedDetails(question, answer, props.state.pivot);
  return <InspectorOfStacks {...props} {...details} stacks={answer.stacks} />;
}

import { ProfilePanel, type PanelProps } from '../panel/ProfilePanel.tsx';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { TreemapOptions } from './ProfileTreemapView.tsx';
import { TreemapOfStacks } from './TreemapOfStacks.tsx';

export interface ProfileTreemapProps
  extends
    PanelProps,
    TreemapOptions,
    FlameStateProps,
    Omit<FrameCallbacks, 'scope'>,
    SettingsProps {}

/** Where the weight of a scope is spent, by module, package and function, as areas. */
export function ProfileTreemap({
  messages,
  locale,
  colorScheme,
  styleNonce,
  ...props
}: ProfileTreemapProps) {
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <TreemapPanel {...props} />
    </SettingsProvider>
  );
}

function TreemapPanel(props: Omit<ProfileTreemapProps, keyof SettingsProps>) {
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {({ answer, scope, retry }) => (
        <TreemapOfStacks
          transformable
          {...props}
          stacks={answer.stacks}
          scope={scope}
          retry={retry}
          state={state}
          update={update}
        />
      )}
    </ProfilePanel>
  );
}

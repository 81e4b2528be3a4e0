import { ProfilePanel, type PanelProps } from '../panel/ProfilePanel.tsx';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { SandwichOfStacks } from './SandwichOfStacks.tsx';
import type { SandwichOptions } from './SandwichView.tsx';

export interface SandwichProps
  extends
    PanelProps,
    SandwichOptions,
    FlameStateProps,
    Omit<FrameCallbacks, 'scope'>,
    SettingsProps {}

/**
 * Who calls a function and what it calls, over all the places it occurs in. The function is the
 * state's `pivot`; while there is none, it is chosen from the heaviest.
 *
 *     <Sandwich service="checkout" defaultState={{ pivot: frame.key }} />
 */
export function Sandwich({ messages, locale, colorScheme, styleNonce, ...props }: SandwichProps) {
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <SandwichPanel {...props} />
    </SettingsProvider>
  );
}

function SandwichPanel(props: Omit<SandwichProps, keyof SettingsProps>) {
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {({ answer, scope, retry }) => (
        <SandwichOfStacks
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

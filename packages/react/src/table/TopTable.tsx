import { ProfilePanel, type PanelProps } from '../panel/ProfilePanel.tsx';
import { useFlameState, type FlameStateProps } from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { FunctionsOfStacks } from './FunctionsOfStacks.tsx';
import type { TableOptions } from './TopTableView.tsx';

export interface TopTableProps
  extends PanelProps, TableOptions, FlameStateProps, Omit<FrameCallbacks, 'scope'>, SettingsProps {}

/**
 * The heaviest functions of a scope. Asks the same question as `<FlameGraph>`, so that beside one
 * it costs no further query, and both always tell the same numbers.
 */
export function TopTable({ messages, locale, colorScheme, styleNonce, ...props }: TopTableProps) {
  return (
    <SettingsProvider {...{ messages, locale, colorScheme, styleNonce }}>
      <TopTablePanel {...props} />
    </SettingsProvider>
  );
}

function TopTablePanel(props: Omit<TopTableProps, keyof SettingsProps>) {
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {({ answer, scope, retry }) => (
        <FunctionsOfStacks
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

import { useFunctionTable } from '../engine/useTrees.ts';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import { ProfilePanel, type PanelContent, type PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameState } from '../state/flameState.ts';
import {
  useFlameState,
  type FlameStateProps,
  type UpdateFlameState,
} from '../state/useFlameState.ts';
import { SettingsProvider } from '../theme/SettingsProvider.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';
import { TopTableView, type TableOptions } from './TopTableView.tsx';

export interface TopTableProps extends PanelProps, TableOptions, FlameStateProps, SettingsProps {}

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

type PanelOnlyProps = Omit<TopTableProps, keyof SettingsProps>;

function TopTablePanel(props: PanelOnlyProps) {
  const [state, update] = useFlameState(props);
  return (
    <ProfilePanel {...props} fill={props.height === 'fill'} state={state} update={update}>
      {(content) => <Functions {...props} {...content} state={state} update={update} />}
    </ProfilePanel>
  );
}

interface FunctionsProps extends PanelOnlyProps, PanelContent {
  state: FlameState;
  update: UpdateFlameState;
}

function Functions({ answer, retry, state, update, ...props }: FunctionsProps) {
  const { messages } = useSettings();
  const { granularity } = props;
  const { value: table, error } = useFunctionTable(answer.stacks, { granularity });
  const faces = { ...defaultFaces, ...props.faces };
  if (error) return <faces.Error error={error} retry={retry} />;
  if (!table) return <faces.Loading lookedFor={messages.loading} />;
  return <TopTableView {...props} table={table} state={state} onStateChange={update} />;
}

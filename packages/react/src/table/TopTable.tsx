import { Asking } from '../panel/Asking.tsx';
import type { PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameStateProps } from '../state/useFlameState.ts';
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
export function TopTable(props: TopTableProps) {
  return <Asking transformable {...props} picture={FunctionsOfStacks} />;
}

import { Asking } from '../panel/Asking.tsx';
import type { PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { later } from '../later/later.tsx';
import { TABLE_HEIGHT } from './gridOptions.ts';
import type { TableOptions } from './TopTableView.tsx';

export interface TopTableProps
  extends PanelProps, TableOptions, FlameStateProps, Omit<FrameCallbacks, 'scope'>, SettingsProps {}

const LaterFunctions = /* @__PURE__ */ later(
  'table of functions',
  async () => (await import('./FunctionsOfStacks.tsx')).FunctionsOfStacks,
  { height: TABLE_HEIGHT, shape: 'table' },
);

/**
 * The heaviest functions of a scope. Asks the same question as `<FlameGraph>`, so that beside one
 * it costs no further query, and both always tell the same numbers.
 */
export function TopTable(props: TopTableProps) {
  return <Asking transformable {...props} picture={LaterFunctions} shape="table" />;
}

import type { FunctionTable } from '@hyperflame/calltree';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { TABLE_HEIGHT, type GridOptions } from './gridOptions.ts';
import type { FunctionDetails } from './functionDetails.ts';
import { later } from '../later/later.tsx';

export interface TableOptions
  extends GridOptions, Pick<SurfaceOptions, 'transformable' | 'pivotable'> {
  /** A row was clicked, or Enter was pressed on it. */
  onSelectFunction?: (details: FunctionDetails) => void;
}

export interface TopTableViewProps
  extends TableOptions, FlameStateProps, FrameCallbacks, SettingsProps {
  table: FunctionTable;
}

const LaterFunctionRows = /* @__PURE__ */ later<Omit<TopTableViewProps, keyof SettingsProps>>(
  'table of functions',
  async () => (await import('./FunctionRows.tsx')).FunctionRows,
  { height: TABLE_HEIGHT, shape: 'table' },
);

/** Draws a function table: every function of a profile, summed up over all places it occurs in. */
export function TopTableView(props: TopTableViewProps) {
  return <WithSettings {...props} of={LaterFunctionRows} />;
}

import type { DiffFunctionTable } from '@hyperflame/calltree';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { TABLE_HEIGHT, type GridOptions } from '../table/gridOptions.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { later } from '../later/later.tsx';

export interface ChangeTableOptions extends GridOptions {
  /** A row was clicked, or Enter was pressed on it. */
  onSelectFunction?: (frame: FrameInfo) => void;
}

export interface ChangeTableViewProps extends ChangeTableOptions, FlameStateProps, SettingsProps {
  /** What `diffFunctionTable` or `useDiffFunctions` made. */
  table: DiffFunctionTable;
}

const LaterChangeRows = /* @__PURE__ */ later<Omit<ChangeTableViewProps, keyof SettingsProps>>(
  'list of changes',
  async () => (await import('./ChangeRows.tsx')).ChangeRows,
  { height: TABLE_HEIGHT, shape: 'table' },
);

/**
 * What changed between two profiles, function by function, the greatest change first, with how sure
 * it is. Self weight, over all places.
 */
export function ChangeTableView(props: ChangeTableViewProps) {
  return <WithSettings {...props} of={LaterChangeRows} />;
}

import type { StackTable } from '@hyperflame/calltree';
import type { ProfileScope } from '@hyperflame/sdk';
import { later } from '../later/later.tsx';
import type { Faces } from '../panel/faces.ts';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { View } from '../state/flameState.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';

export interface DiffFlameGraphProps
  extends FlameStateProps, SurfaceOptions, Omit<FrameCallbacks, 'scope'>, SettingsProps {
  /** A scope to ask about, or stacks that are already here. Keep the object stable. */
  before: ProfileScope | StackTable;
  after: ProfileScope | StackTable;
  /** `line` tells the lines of a function apart. `function` if not said. */
  granularity?: 'function' | 'line';
  /** Read every row, however many; otherwise a very long question may be answered from a sample. */
  exact?: boolean;
  /** Of graph, list of changes (`table`) and both, those to choose from; all if not said. */
  views?: readonly View[];
  /** A function of the list was clicked, or Enter was pressed on it. */
  onSelectFunction?: (frame: FrameInfo) => void;
  faces?: Partial<
    Pick<Faces, 'Loading' | 'Empty' | 'Error' | 'Partial' | 'Sampled' | 'Stale' | 'Streaming'>
  >;
}

const LaterDiffPanel = /* @__PURE__ */ later<Omit<DiffFlameGraphProps, keyof SettingsProps>>(
  'diff',
  async () => (await import('./DiffPanel.tsx')).DiffPanel,
);

/**
 * What changed between two profiles: asks for both, merges them in a worker, and draws one graph
 * with blue for less and orange for more.
 */
export function DiffFlameGraph(props: DiffFlameGraphProps) {
  return <WithSettings {...props} of={LaterDiffPanel} />;
}

import type { DiffFunctionTable, DiffTree } from '@hyperflame/calltree';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { EngineResult } from '../hooks/useEngineResult.ts';
import type { View } from '../state/flameState.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { later } from '../later/later.tsx';

export interface DiffFlameGraphViewProps
  extends FlameStateProps, SurfaceOptions, FrameCallbacks, SettingsProps {
  tree: DiffTree;
  /** Of graph, list of changes (`table`) and both, those to choose from; all if not said. */
  views?: readonly View[];
  /** The list of changes, in the form that the state says; made of `tree` if it is not given. */
  changes?: Pick<EngineResult<DiffFunctionTable>, 'value' | 'error'>;
  /** A function of the list was clicked, or Enter was pressed on it. */
  onSelectFunction?: (frame: FrameInfo) => void;
}

const LaterDiffSurface = /* @__PURE__ */ later<Omit<DiffFlameGraphViewProps, keyof SettingsProps>>(
  'diff',
  async () => (await import('./DiffSurface.tsx')).DiffSurface,
);

/**
 * Draws a diff of two profiles that `diffCallTrees`, `useDiffTree` or an engine made. Widths are
 * drawn from both sides together, so that frames which are gone keep their place.
 */
export function DiffFlameGraphView(props: DiffFlameGraphViewProps) {
  return <WithSettings {...props} of={LaterDiffSurface} />;
}

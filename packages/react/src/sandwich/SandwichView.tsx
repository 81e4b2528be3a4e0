import type { FrameKey, Sandwich } from '@hyperflame/calltree';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { later } from '../later/later.tsx';

export interface SandwichOptions extends Pick<
  SurfaceOptions,
  'toolbar' | 'legend' | 'label' | 'controls' | 'rowHeight' | 'transformable'
> {
  /** `fill` takes the height of the parent; `auto`, the default, is as high as both sides. */
  height?: 'auto' | 'fill';
  /** Most that one side takes of `auto`, in CSS pixels; 320 if not said. */
  maxHeight?: number;
}

export interface SandwichViewProps
  extends FlameStateProps, SandwichOptions, FrameCallbacks, SettingsProps {
  /** Callers and callees of `pivot`. */
  sandwich: Sandwich;
  /** Key of the function that the sandwich is of; the state's `pivot` if not said. */
  pivot?: FrameKey;
  /** Weight of the whole profile, to take shares of; that of the function if not said. */
  whole?: number;
}

const LaterBothSides = /* @__PURE__ */ later<Omit<SandwichViewProps, keyof SettingsProps>>(
  'sandwich',
  async () => (await import('./BothSides.tsx')).BothSides,
);

/**
 * A function over all the places it occurs in: its callers above it, its callees below. A click or
 * Enter on any frame turns the sandwich round that one.
 */
export function SandwichView(props: SandwichViewProps) {
  return <WithSettings {...props} of={LaterBothSides} />;
}

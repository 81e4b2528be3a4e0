import { Asking } from '../panel/Asking.tsx';
import type { PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { later } from '../later/later.tsx';
import type { SandwichOptions } from './SandwichView.tsx';

export interface SandwichProps
  extends
    PanelProps,
    SandwichOptions,
    FlameStateProps,
    Omit<FrameCallbacks, 'scope'>,
    SettingsProps {}

const LaterSandwich = /* @__PURE__ */ later(
  'sandwich',
  async () => (await import('./SandwichOfStacks.tsx')).SandwichOfStacks,
);

/**
 * Who calls a function and what it calls, over all the places it occurs in. The function is the
 * state's `pivot`; while there is none, it is chosen from the heaviest.
 *
 *     <Sandwich service="checkout" defaultState={{ pivot: frame.key }} />
 */
export function Sandwich(props: SandwichProps) {
  return <Asking transformable {...props} picture={LaterSandwich} />;
}

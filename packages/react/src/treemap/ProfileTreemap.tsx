import { Asking } from '../panel/Asking.tsx';
import type { PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { later } from '../later/later.tsx';
import { TREEMAP_HEIGHT, type TreemapOptions } from './ProfileTreemapView.tsx';

export interface ProfileTreemapProps
  extends
    PanelProps,
    TreemapOptions,
    FlameStateProps,
    Omit<FrameCallbacks, 'scope'>,
    SettingsProps {}

const LaterTreemap = /* @__PURE__ */ later(
  'treemap',
  async () => (await import('./TreemapOfStacks.tsx')).TreemapOfStacks,
  { height: TREEMAP_HEIGHT },
);

/** Where the weight of a scope is spent, by module, package and function, as areas. */
export function ProfileTreemap(props: ProfileTreemapProps) {
  return <Asking transformable {...props} picture={LaterTreemap} />;
}

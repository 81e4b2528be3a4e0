import type { ReactNode } from 'react';
import type { CallTree } from '@hyperflame/calltree';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { SurfaceOptions } from '../view/FlameSurface.tsx';
import { later } from '../later/later.tsx';

export interface TreemapOptions extends Pick<SurfaceOptions, 'transformable' | 'pivotable'> {
  /** `fill` takes the height of the parent. A number is in CSS pixels; 400 if not said. */
  height?: 'fill' | number;
  /** Search box. True if not said. */
  toolbar?: boolean;
  /** Further controls for the toolbar. */
  controls?: ReactNode;
  /** Name of the picture for assistive technology. */
  label?: string;
}

export interface ProfileTreemapViewProps
  extends TreemapOptions, FlameStateProps, FrameCallbacks, SettingsProps {
  /** What `moduleTree` or `useModuleTree` made. */
  tree: CallTree;
}

/** CSS pixels. */
export const TREEMAP_HEIGHT = 400;

const LaterAreas = /* @__PURE__ */ later<Omit<ProfileTreemapViewProps, keyof SettingsProps>>(
  'treemap',
  async () => (await import('./Areas.tsx')).Areas,
  { height: TREEMAP_HEIGHT },
);

/**
 * Where weight is spent: modules, their packages, and the functions of those, as areas. Going into
 * an area sets the state's `area`; choosing a function sets its `pivot`.
 */
export function ProfileTreemapView(props: ProfileTreemapViewProps) {
  return <WithSettings {...props} of={LaterAreas} />;
}

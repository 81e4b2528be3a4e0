import type { ReactNode } from 'react';
import type { Granularity, StackTable } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import type { FrameInfo } from '../frames/frameDetails.ts';
import type { InspectorOptions } from '../inspector/FrameInspectorView.tsx';
import { later } from '../later/later.tsx';
import type { Faces } from '../panel/faces.ts';
import type { FramePath, View } from '../state/flameState.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { ViewerProps } from './Viewer.tsx';

export interface ViewerOptions extends Pick<InspectorOptions, 'sourceLink'> {
  /** `fill` takes the height of the parent. A number is in CSS pixels; 640 if not said. */
  height?: 'fill' | number;
  /** The views to choose from, in this order; all of them if not said. */
  views?: readonly View[];
  /** Details of the chosen function beside the picture. True if not said. */
  inspector?: boolean;
  /** Further controls beside the choice of views. */
  controls?: ReactNode;
  /** Name of the whole for assistive technology. */
  label?: string;
  /** Frames to stand out, beside those that a search finds. Keep the function stable. */
  highlight?: (frame: FrameInfo) => boolean;
}

export interface ProfileViewerViewProps
  extends ViewerOptions, FlameStateProps, FrameCallbacks, SettingsProps {
  stacks: StackTable;
  /** The same samples with lines, for the inspector, where `stacks` have none. */
  lineStacks?: StackTable;
  /** Labels of the samples that have the chosen function. */
  labels?: readonly Facet[];
  granularity?: Granularity;
  faces?: Partial<Faces>;
  retry?: () => void;
  /** "(other)" was opened: what it holds can be asked for. */
  onOpenOther?: () => void;
  /** All stacks that begin with a path are wanted: they can be asked for. */
  onAskBelow?: (path: FramePath) => void;
}

/** CSS pixels. */
export const VIEWER_HEIGHT = 640;

const LaterViewer = /* @__PURE__ */ later<ViewerProps>(
  'viewer',
  async () => (await import('./Viewer.tsx')).Viewer,
  { height: VIEWER_HEIGHT },
);

/**
 * All views of one profile with one state: graph, table, both side by side, sandwich and treemap,
 * with the changes made to the profile above and the chosen function's details beside them. Needs
 * stacks and nothing else: a file that `readProfile` has read will do.
 */
export function ProfileViewerView(props: ProfileViewerViewProps) {
  return <WithSettings {...props} of={LaterViewer} />;
}

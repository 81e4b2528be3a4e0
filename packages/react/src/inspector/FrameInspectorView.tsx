import type { FrameKey, FunctionTable, Sandwich } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import type { FrameInfo } from '../frames/frameDetails.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import { later } from '../later/later.tsx';

export interface InspectorOptions {
  /** Where a frame's source can be read, as a link; `undefined` where it cannot. */
  sourceLink?: (frame: FrameInfo) => string | undefined;
  /** Closes the inspector; without it there is no button for that. */
  onClose?: () => void;
  /** `fill` takes the height of the parent and scrolls. */
  height?: 'auto' | 'fill';
}

export interface FrameInspectorViewProps extends InspectorOptions, SettingsProps {
  /** Key of the function that is told of. */
  pivot: FrameKey;
  /** Functions of the profile, for the totals. */
  table: FunctionTable;
  /** Callers and callees of the function. */
  sandwich: Sandwich;
  /** The same functions by line, for the weights of lines; without it none are shown. */
  byLine?: FunctionTable;
  /** Labels of the samples that have the function. */
  labels?: readonly Facet[];
  /** A caller or callee was chosen. */
  onPivot?: (key: FrameKey) => void;
}

const LaterInspector = /* @__PURE__ */ later<Omit<FrameInspectorViewProps, keyof SettingsProps>>(
  'inspector',
  async () => (await import('./Inspector.tsx')).Inspector,
  { shape: 'table' },
);

/** All there is to know of one function: totals, callers, callees, lines, labels and its source. */
export function FrameInspectorView(props: FrameInspectorViewProps) {
  return <WithSettings {...props} of={LaterInspector} />;
}

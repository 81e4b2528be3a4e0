import { later } from '../later/later.tsx';
import { Asking } from '../panel/Asking.tsx';
import type { PanelProps } from '../panel/ProfilePanel.tsx';
import type { FlameStateProps } from '../state/useFlameState.ts';
import type { SettingsProps } from '../theme/settings.ts';
import type { InspectorOptions } from './FrameInspectorView.tsx';

export interface FrameInspectorProps
  extends PanelProps, InspectorOptions, FlameStateProps, SettingsProps {}

const LaterInspector = /* @__PURE__ */ later(
  'inspector',
  async () => (await import('./AskedInspector.tsx')).AskedInspector,
  { shape: 'table' },
);

/**
 * Details of the function that the state's `pivot` names: beside a `<FlameGraph>` with the same
 * state, those of the frame that was chosen last.
 */
export function FrameInspector(props: FrameInspectorProps) {
  return <Asking {...props} toolbar={false} picture={LaterInspector} shape="table" />;
}

import type { CallTree } from '@hyperflame/calltree';
import { comesLater, type Instead } from '../later/comesLater.tsx';
import type { ColorMode, Orientation } from '../state/flameState.ts';
import { Root } from '../theme/Root.tsx';
import { BASE_STYLES } from '../theme/styles.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import { useSettings, type SettingsProps } from '../theme/settings.ts';

export interface MiniFlameGraphProps extends SettingsProps {
  tree: CallTree;
  /** CSS pixels; 120 × 32 if not said. */
  width?: number;
  height?: number;
  orientation?: Orientation;
  colorBy?: ColorMode;
  /** What it says to those who do not see it; the total and the hottest function if not said. */
  label?: string;
}

/** What the picture is made of, which knows how large it is. */
export type OutlineProps = Omit<MiniFlameGraphProps, keyof SettingsProps> &
  Required<Pick<MiniFlameGraphProps, 'width' | 'height'>>;

/** As large as the picture. There is no room to tell of an error, or for a button: pointing will do. */
const Blank: Instead<OutlineProps> = ({ of, error, retry }) => {
  const { messages } = useSettings();
  const { width, height, label } = of;
  return (
    <Root
      styles={BASE_STYLES}
      className="hf-mini"
      role="img"
      aria-label={label ?? messages.loading}
      title={error?.message}
      style={{ width, height }}
      onPointerEnter={error && retry}
    />
  );
};

const LaterOutline = /* @__PURE__ */ comesLater(
  'small flame graph',
  async () => (await import('./Outline.tsx')).Outline,
  Blank,
);

/**
 * The outline of a profile, for a cell of a table or a tooltip: no names, nothing to click. It is an
 * image with a text of its own; put a link or a button round it where it leads somewhere.
 */
export function MiniFlameGraph({ width = 120, height = 32, ...props }: MiniFlameGraphProps) {
  return <WithSettings {...props} width={width} height={height} of={LaterOutline} />;
}

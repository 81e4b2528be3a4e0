import type { ReactNode } from 'react';
import type { Orientation } from '../state/flameState.ts';
import { useSettings } from '../theme/settings.ts';
import { FlameIcon, IcicleIcon } from './icons.tsx';

interface OrientationSwitchProps {
  value: Orientation;
  onChange: (value: Orientation) => void;
}

export function OrientationSwitch({ value, onChange }: OrientationSwitchProps) {
  const { messages } = useSettings();
  const button = (orientation: Orientation, label: string, Icon: () => ReactNode) => (
    <button
      type="button"
      className="hf-button hf-icon-button"
      aria-pressed={value === orientation}
      aria-label={label}
      title={label}
      onClick={() => onChange(orientation)}
    >
      <Icon />
    </button>
  );
  return (
    <div className="hf-segments" role="group" aria-label={messages.orientation}>
      {button('icicle', messages.icicle, IcicleIcon)}
      {button('flame', messages.flame, FlameIcon)}
    </div>
  );
}

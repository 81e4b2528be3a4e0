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
  const choice = (orientation: Orientation, label: string, icon: ReactNode) => (
    <button
      type="button"
      className="hf-button hf-icon-button"
      aria-pressed={value === orientation}
      aria-label={label}
      title={label}
      onClick={() => onChange(orientation)}
    >
      {icon}
    </button>
  );
  return (
    <div className="hf-segments" role="group" aria-label={messages.orientation}>
      {choice('icicle', messages.icicle, <IcicleIcon />)}
      {choice('flame', messages.flame, <FlameIcon />)}
    </div>
  );
}

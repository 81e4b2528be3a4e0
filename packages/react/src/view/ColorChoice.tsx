import type { ColorMode } from '../state/flameState.ts';
import { useSettings } from '../theme/settings.ts';
import { Choice } from './Choice.tsx';

interface ColorChoiceProps {
  value: ColorMode;
  onChange: (value: ColorMode) => void;
}

/** What the colour of a frame stands for. */
export function ColorChoice({ value, onChange }: ColorChoiceProps) {
  const { messages } = useSettings();
  const modes: readonly { value: ColorMode; label: string }[] = [
    { value: 'package', label: messages.colorByPackage },
    { value: 'function', label: messages.colorByFunction },
    { value: 'kind', label: messages.colorByKind },
    { value: 'thread', label: messages.colorByThread },
    { value: 'self', label: messages.colorBySelf },
  ];
  return <Choice label={messages.colorBy} value={value} options={modes} onChange={onChange} />;
}

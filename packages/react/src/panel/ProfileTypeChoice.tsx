import type { ProfileTypeSummary } from '@hyperflame/sdk';
import { useAllSettings } from '../theme/allSettings.ts';
import { Choice } from '../view/Choice.tsx';
import { profileTypeName } from './profileTypeName.ts';

interface ProfileTypeChoiceProps {
  types: readonly ProfileTypeSummary[];
  /** The type that is shown. */
  value: string;
  onChange: (profileType: string) => void;
}

/** Offered only where there is something to choose. */
export function ProfileTypeChoice({ types, value, onChange }: ProfileTypeChoiceProps) {
  const { messages } = useAllSettings();
  if (types.length < 2) return null;
  const all = types.map(({ profileType }) => profileType);
  const options = all.map((profileType) => ({
    value: profileType,
    label: profileTypeName(profileType, all, messages),
  }));
  return (
    <Choice label={messages.profileType} value={value} options={options} onChange={onChange} />
  );
}

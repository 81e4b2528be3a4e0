import { parseProfileType, type ProfileTypeSummary } from '@hyperflame/sdk';
import { useSettings } from '../theme/settings.ts';
import { Choice } from '../view/Choice.tsx';

interface ProfileTypeChoiceProps {
  types: readonly ProfileTypeSummary[];
  /** The type that is shown. */
  value: string;
  onChange: (profileType: string) => void;
}

/** Offered only where there is something to choose. */
export function ProfileTypeChoice({ types, value, onChange }: ProfileTypeChoiceProps) {
  const { messages } = useSettings();
  if (types.length < 2) return null;
  const options = types.map(({ profileType }) => ({
    value: profileType,
    label: profileTypeName(profileType, types),
  }));
  return (
    <Choice label={messages.profileType} value={value} options={options} onChange={onChange} />
  );
}

/**
 * A type as people say it: what is measured and, where that is not enough to tell two types apart,
 * all of it.
 *
 *     samples:count:cpu:nanoseconds       cpu
 *     off_cpu:nanoseconds::               off_cpu
 *     alloc_space:bytes:space:bytes       alloc_space
 */
function profileTypeName(profileType: string, all: readonly ProfileTypeSummary[]): string {
  const name = shortName(profileType);
  return all.filter((other) => shortName(other.profileType) === name).length > 1
    ? profileType
    : name;
}

function shortName(profileType: string): string {
  const { sampleType, sampleUnit, periodType } = parseProfileType(profileType);
  return (sampleUnit === 'count' && sampleType === 'samples' && periodType) || sampleType;
}

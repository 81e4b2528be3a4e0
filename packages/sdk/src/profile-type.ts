/** The four parts of a profile type, as the producer names them. */
export interface ProfileTypeParts {
  readonly sampleType: string;
  readonly sampleUnit: string;
  readonly periodType: string;
  readonly periodUnit: string;
}

/** `samples:count:cpu:nanoseconds` → its parts; a part that is missing is `''`. */
export function parseProfileType(profileType: string): ProfileTypeParts {
  const [sampleType = '', sampleUnit = '', periodType = '', periodUnit = ''] =
    profileType.split(':');
  return { sampleType, sampleUnit, periodType, periodUnit };
}

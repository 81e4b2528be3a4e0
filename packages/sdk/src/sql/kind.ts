/**
 * Profile type and unit as one number. Grouping by two numbers takes a quarter of the time that
 * grouping by a number and two LowCardinality columns does. Two hash functions, so that equal texts
 * do not cancel out.
 */
export const KIND = 'bitXor(cityHash64(ProfileType), sipHash64(Unit))';

/** Whether a profile type counts CPU time, by its sample type or the type of its period. */
export function isCpu(profileType: string): string {
  return `'cpu' IN (splitByChar(':', ${profileType})[1], splitByChar(':', ${profileType})[3])`;
}

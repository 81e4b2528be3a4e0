import type { ProfileQueryError } from './profile-query-error.ts';

/** True for this package's errors, also when two copies of the package are loaded. */
export function isProfileQueryError(error: unknown): error is ProfileQueryError {
  return error instanceof Error && error.name === 'ProfileQueryError' && 'kind' in error;
}

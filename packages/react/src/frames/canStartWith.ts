import type { FramePath } from '../state/flameState.ts';
import { functionOfKey } from './functionOfKey.ts';

/** True for a path that can be asked for. */
export function canStartWith(path: FramePath): boolean {
  return path.length > 0 && path.every((key) => functionOfKey(key) !== undefined);
}

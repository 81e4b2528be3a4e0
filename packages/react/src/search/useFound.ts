import { useMemo } from 'react';
import type { FrameTable } from '@hyperflame/calltree';
import { useAnswer } from '../hooks/useAnswer.ts';
import type { find, Found } from './find.ts';

/**
 * What a text finds among frames, by `find` where its code has come. While an expression is being
 * tried, what the one before it has found.
 */
export function useFound(
  finder: typeof find | undefined,
  frames: FrameTable,
  text: string,
): { readonly found: Found | null; readonly error: Error | undefined } {
  const asked = useMemo(() => finder?.(frames, text) ?? null, [finder, frames, text]);
  const { value, error } = useAnswer(asked);
  return { found: value?.frames === frames ? value : null, error };
}

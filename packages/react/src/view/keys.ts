import type { Orientation } from '../state/flameState.ts';
import type { Move } from './moveCursor.ts';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['ArrowLeft', 'previous'],
  ['ArrowRight', 'next'],
  ['Home', 'first'],
  ['End', 'last'],
]);

/** With Control or Command. */
const FAR_MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['Home', 'root'],
  ['End', 'hottest'],
]);

/** Vertical keys go where the eye goes: callees are below in an icicle, above in a flame graph. */
const ICICLE_MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['ArrowUp', 'caller'],
  ['ArrowDown', 'callee'],
  ['PageUp', 'page-up'],
  ['PageDown', 'page-down'],
]);
const FLAME_MOVES: ReadonlyMap<string, Move> = new Map<string, Move>([
  ['ArrowUp', 'callee'],
  ['ArrowDown', 'caller'],
  ['PageUp', 'page-down'],
  ['PageDown', 'page-up'],
]);

/** The keys that open a menu where there is no mouse. */
export function isMenuKey({ key, shiftKey }: { key: string; shiftKey: boolean }): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** The move that a key asks for, if any. */
export function moveOf(key: Key, orientation: Orientation): Move | undefined {
  if (key.altKey) return undefined;
  if (key.ctrlKey || key.metaKey) return FAR_MOVES.get(key.key);
  const vertical = orientation === 'icicle' ? ICICLE_MOVES : FLAME_MOVES;
  return MOVES.get(key.key) ?? vertical.get(key.key);
}

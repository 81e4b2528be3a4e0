import { FRAME_KINDS, type FrameKind } from '@hyperflame/calltree';

/** The kind, or `unknown`: a frame may have none, and a newer producer may send new ones. */
export function frameKind(kind: string): FrameKind {
  return (FRAME_KINDS as readonly string[]).includes(kind) ? (kind as FrameKind) : 'unknown';
}

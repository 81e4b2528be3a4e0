/**
 * What a command ended with: `failed` when it did its work and found something wrong, or could not do
 * it; `interrupted` as a shell has it for Ctrl-C, when some of the work is left.
 */
export const EXIT = { ok: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/** Says how a command ended that did not throw; unsaid, all went well. */
export type EndWith = (code: (typeof EXIT)['failed' | 'interrupted']) => void;

import type { FrameKind } from '../model/frames.ts';

/** Modules of the kernel are `[kernel.kallsyms]`, `[nf_nat]`, files of modules, and `vmlinux`. */
const KERNEL = /^\[(?!unknown|vdso|vsyscall|heap|stack|anon)|\.ko(\.\w+)?$|\/vmlinu[xz][^/]*$/;

/** What a runtime compiled while it ran, and has written down the names of. */
export const JIT = /\/perf-\d+\.map$/;

/** What runs out of a binary. */
export function kindOfBinary(file: string): FrameKind {
  return KERNEL.test(file) ? 'kernel' : JIT.test(file) ? 'unknown' : 'native';
}

import type { Random } from '../random.ts';
import { goRuntime } from './go.ts';
import { jvmRuntime } from './jvm.ts';
import { nativeRuntime } from './native.ts';
import { nodeRuntime } from './node.ts';
import { pythonRuntime } from './python.ts';
import type { Runtime } from './runtime.ts';

export type { Runtime, ThreadGroup } from './runtime.ts';

export type Language = 'go' | 'jvm' | 'node' | 'python' | 'native';

const makers: Record<Language, (next: Random) => Runtime> = {
  go: goRuntime,
  jvm: jvmRuntime,
  node: nodeRuntime,
  python: pythonRuntime,
  native: nativeRuntime,
};

export function runtimeOf(language: Language, next: Random): Runtime {
  return makers[language](next);
}

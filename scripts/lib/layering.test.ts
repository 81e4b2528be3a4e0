import { ESLint } from 'eslint';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LAYERS, roomOf, violation } from './layering.mjs';

const root = join(import.meta.dirname, '../..');
const file = (path: string) => join(root, path);

const caught: [path: string, specifier: string][] = [
  ['packages/calltree/src/a.ts', '@hyperflame/sdk'],
  ['packages/calltree/src/a.ts', 'react'],
  ['packages/calltree/src/a.ts', 'react/jsx-runtime'],
  ['packages/calltree/src/a.ts', '@clickhouse/client-web'],
  ['packages/calltree/src/a.ts', 'node:fs'],
  ['packages/sdk/src/a.ts', '@hyperflame/react'],
  ['packages/sdk/src/deep/a.ts', '../../../calltree/src/index.ts'],
  ['packages/react/src/a.ts', '@hyperflame/ingest'],
  ['packages/react/src/a.tsx', '@clickhouse/client-web'],
  ['packages/ingest/src/a.ts', '@hyperflame/calltree'],
  ['packages/embedded/src/a.ts', '@hyperflame/ingest'],
  ['packages/calltree/src/a.test.ts', '@hyperflame/react'],
  ['examples/span-drawer/src/a.ts', '../../../packages/react/src/index.ts'],
  ['examples/span-drawer/src/a.ts', '@hyperflame/embedded'],
  ['examples/span-drawer/vite.config.ts', '../../scripts/lib/ports.mjs'],
  ['packages/sdk/src/a.ts', '@hyperflame/sdk'],
];

const allowed: [path: string, specifier: string][] = [
  ['packages/sdk/src/a.ts', '@hyperflame/calltree'],
  ['packages/react/src/a.ts', '@hyperflame/sdk'],
  ['packages/react/src/a.ts', '@hyperflame/calltree/worker'],
  ['packages/react/src/views/a.ts', '../theme.ts'],
  ['packages/react/src/a.ts', 'react'],
  ['packages/react/src/a.ts', 'react-dom/client'],
  ['packages/sdk/src/a.test.ts', '@hyperflame/embedded'],
  ['packages/sdk/src/a.test.ts', 'node:fs'],
  ['packages/calltree/src/a.ts', 'reactive-thing'],
  ['examples/span-drawer/src/a.ts', '@hyperflame/react'],
  ['packages/sdk/tsdown.config.ts', '../../scripts/lib/tsdown.ts'],
  ['scripts/start.mjs', '../packages/embedded/src/index.ts'],
];

describe('violation', () => {
  test.each(caught)('%s may not import %s', (path, specifier) => {
    expect(violation(root, file(path), specifier)).toContain(specifier);
  });

  test.each(allowed)('%s may import %s', (path, specifier) => {
    expect(violation(root, file(path), specifier)).toBeUndefined();
  });

  test('every package has a layer', () => {
    expect(roomOf(root, file('packages/sdk/src/index.ts'))).toBe('packages/sdk');
    expect(roomOf(root, file('scripts/test.mjs'))).toBeUndefined();
    expect(Object.keys(LAYERS)).toHaveLength(5);
  });
});

describe('npm run lint', () => {
  const lint = async (path: string, text: string) => {
    const eslint = new ESLint({ cwd: root });
    const [result] = await eslint.lintText(text, { filePath: file(path) });
    return result.messages.map((message) => `${message.ruleId}: ${message.message}`);
  };

  test('stops an import up the layers, in each of its forms', async () => {
    const messages = await lint(
      'packages/sdk/src/index.ts',
      [
        `import { FlameGraph } from '@hyperflame/react';`,
        `export * from '../../calltree/src/index.ts';`,
        `export type Icicle = import('@hyperflame/react').Icicle;`,
        `export const lazy = () => import('@hyperflame/react');`,
        `export const graph = FlameGraph;`,
      ].join('\n'),
    );
    expect(messages.filter((message) => message.startsWith('hyperflame/layering'))).toHaveLength(4);
  });

  test('stops any and the DOM in the engine, and lets good code be', async () => {
    const path = 'packages/calltree/src/index.ts';
    const bad = await lint(path, `export const f = (x: any) => document.title + String(x);\n`);
    expect(bad.map((message) => message.split(':')[0]).sort()).toEqual([
      '@typescript-eslint/no-explicit-any',
      'no-restricted-globals',
    ]);
    expect(await lint(path, `export const f = (x: number) => x + 1;\n`)).toEqual([]);
  });
});

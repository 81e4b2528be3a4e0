import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@babel/core';
import compiler, { type Logger } from 'babel-plugin-react-compiler';
import { expect, it } from 'vitest';

/**
 * Components and hooks that React Compiler leaves as they are, and why. They work all the same, but
 * render more than they would have to; whoever adds one here says what makes it worth that.
 */
const LEFT_ALONE: Readonly<Record<string, string>> = {
  'table/useRowsInSight.ts': 'the virtualizer stays the same object while its answers change',
};

interface Outcome {
  readonly compiled: number;
  readonly reasons: readonly string[];
}

/** What the compiler makes of a module: how many functions it took, and why it left others. */
function outcomeOf(source: string, filename: string): Outcome {
  let compiled = 0;
  const reasons: string[] = [];
  const logger: Logger = {
    logEvent(_, event) {
      if (event.kind === 'CompileSuccess') compiled++;
      else if (event.kind === 'CompileError') reasons.push(String(event.detail.reason));
      else if (event.kind === 'CompileSkip') reasons.push(event.reason);
      else if (event.kind === 'PipelineError') reasons.push(event.data);
    },
  };
  transformSync(source, {
    filename,
    babelrc: false,
    configFile: false,
    parserOpts: { plugins: ['typescript', 'jsx'] },
    plugins: [[compiler, { panicThreshold: 'none', target: '18', logger }]],
  });
  return { compiled, reasons };
}

const folder = join(import.meta.dirname, '../../packages/react/src');

it('takes the components and hooks of @hyperflame/react', () => {
  let compiled = 0;
  const left: Record<string, readonly string[]> = {};
  for (const file of globSync('**/*.{ts,tsx}', { cwd: folder })) {
    if (file.includes('.test.') || file.startsWith('testing')) continue;
    const source = readFileSync(join(folder, file), 'utf8');
    // Nothing else is a component or a hook.
    if (!file.endsWith('.tsx') && !/function use[A-Z]/.test(source)) continue;
    const outcome = outcomeOf(source, file);
    compiled += outcome.compiled;
    if (outcome.reasons.length > 0) left[file.replaceAll('\\', '/')] = outcome.reasons;
  }
  expect(Object.keys(left), JSON.stringify(left, null, 2)).toEqual(Object.keys(LEFT_ALONE));
  expect(compiled).toBeGreaterThan(150);
});

it.each([
  ['a ref is written while rendering', 'ref.current = props.a;'],
  ['a rule is switched off', '// eslint-disable-next-line react-hooks/exhaustive-deps\n'],
])('tells where %s', (_, line) => {
  const outcome = outcomeOf(
    `import { useRef } from 'react';
     export function Example(props: { a: number }) {
       const ref = useRef(0);
       ${line}
       return <p>{props.a}</p>;
     }`,
    'Example.tsx',
  );
  expect(outcome.compiled).toBe(0);
  expect(outcome.reasons).toHaveLength(1);
});

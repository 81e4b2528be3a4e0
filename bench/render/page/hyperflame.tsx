import { createRoot, type Root } from 'react-dom/client';
import { startTransition } from 'react';
import type { CallTree, StackTable } from '@hyperflame/calltree';
import { sharedEngine } from '@hyperflame/calltree/worker';
import { FlameGraphView } from '@hyperflame/react';
import { HEIGHT, type Adapter } from './adapter.ts';
import { runPage } from './harness.ts';

let root: Root | undefined;
const ROW_HEIGHT = 20;

const adapter: Adapter<StackTable, CallTree> = {
  start(container) {
    sharedEngine().start();
    root = createRoot(container);
    root.render(<p>Loading</p>);
  },
  accept: (stacks) => stacks,
  merge: (stacks) => sharedEngine().tree(stacks),
  draw(container, tree) {
    root ??= createRoot(container);
    // As `useCallTree` hands a tree over.
    startTransition(() => root?.render(<FlameGraphView tree={tree} height={HEIGHT - 100} />));
  },
  clear() {
    root?.unmount();
    root = undefined;
  },
  rows(container) {
    const { left, top, width } = container.querySelector('canvas')!.getBoundingClientRect();
    return { left, top, width, rowHeight: ROW_HEIGHT, direction: 1 };
  },
};

runPage(adapter);

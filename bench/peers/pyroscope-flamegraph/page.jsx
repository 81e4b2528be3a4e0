import React from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { FlamegraphRenderer } from '@pyroscope/flamegraph';
import '@pyroscope/flamegraph/dist/index.css';
import { WIDTH } from '../../render/page/adapter.ts';
import { aggregate, walk } from '../../render/page/aggregate.ts';
import { runPage } from '../../render/page/harness.ts';

let root;

runPage({
  start(container) {
    root = createRoot(container);
    root.render(<p>Loading</p>);
  },
  accept: (stacks) => stacks,
  merge(stacks) {
    const tree = aggregate(stacks);
    const names = [];
    const indexOf = new Map();
    const levels = [];
    const ends = [];
    let maxSelf = 0;
    // Four numbers a node: distance from the end of the one before in its level, total, self, name.
    walk(tree, ({ node, depth, start }) => {
      let name = indexOf.get(node.name);
      if (name === undefined) indexOf.set(node.name, (name = names.push(node.name) - 1));
      const level = (levels[depth] ??= []);
      level.push(start - (ends[depth] ?? 0), node.value, node.self, name);
      ends[depth] = start + node.value;
      if (node.self > maxSelf) maxSelf = node.self;
    });
    return {
      version: 1,
      flamebearer: { names, levels, numTicks: tree.value, maxSelf },
      metadata: { format: 'single', units: 'samples', sampleRate: 100, spyName: 'bench' },
    };
  },
  draw(container, profile) {
    root ??= createRoot(container);
    flushSync(() =>
      root.render(
        <FlamegraphRenderer profile={profile} onlyDisplay="flamegraph" showToolbar={false} />,
      ),
    );
  },
  clear() {
    root.unmount();
    root = undefined;
  },
  rows(container) {
    const { left, top } = container.querySelector('canvas').getBoundingClientRect();
    return { left, top, width: WIDTH, rowHeight: 18, direction: 1 };
  },
});

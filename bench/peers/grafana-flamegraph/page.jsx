import React from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { createDataFrame, createTheme, FieldType } from '@grafana/data';
import { FlameGraph } from '@grafana/flamegraph';
import { WIDTH } from '../../render/page/adapter.ts';
import { aggregate, walk } from '../../render/page/aggregate.ts';
import { runPage } from '../../render/page/harness.ts';

let root;
const theme = createTheme({ colors: { mode: 'light' } });

runPage({
  start(container) {
    root = createRoot(container);
    root.render(<p>Loading</p>);
  },
  accept: (stacks) => stacks,
  merge(stacks) {
    const level = [];
    const value = [];
    const self = [];
    const label = [];
    walk(aggregate(stacks), ({ node, depth }) => {
      level.push(depth);
      value.push(node.value);
      self.push(node.self);
      label.push(node.name);
    });
    return createDataFrame({
      fields: [
        { name: 'level', type: FieldType.number, values: level },
        { name: 'value', type: FieldType.number, values: value, config: { unit: 'ns' } },
        { name: 'self', type: FieldType.number, values: self, config: { unit: 'ns' } },
        { name: 'label', type: FieldType.string, values: label },
      ],
    });
  },
  draw(container, data) {
    root ??= createRoot(container);
    flushSync(() =>
      root.render(
        <FlameGraph data={data} getTheme={() => theme} showFlameGraphOnly disableCollapsing />,
      ),
    );
  },
  clear() {
    root.unmount();
    root = undefined;
  },
  rows(container) {
    const { left, top } = container.querySelector('canvas').getBoundingClientRect();
    return { left, top, width: WIDTH, rowHeight: 22, direction: 1 };
  },
});

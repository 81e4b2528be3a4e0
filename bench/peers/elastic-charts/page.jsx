import React from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Chart, Flame } from '@elastic/charts';
import '@elastic/charts/dist/theme_light.css';
import { HEIGHT, WIDTH } from '../../render/page/adapter.ts';
import { aggregate, walk } from '../../render/page/aggregate.ts';
import { runPage } from '../../render/page/harness.ts';

let root;
let rows = 1;
const COLOURS = [
  [0.74, 0.83, 0.98],
  [0.95, 0.75, 0.55],
  [0.58, 0.75, 0.67],
  [0.76, 0.72, 0.99],
  [0.96, 0.87, 0.6],
];

runPage({
  start(container) {
    root = createRoot(container);
    root.render(<p>Loading</p>);
  },
  accept: (stacks) => stacks,
  merge(stacks) {
    const tree = aggregate(stacks);
    const label = [];
    const values = [];
    const starts = [];
    const depths = [];
    rows = 0;
    walk(tree, ({ node, depth, start }) => {
      label.push(node.name);
      values.push(node.value);
      starts.push(start / tree.value);
      depths.push(depth);
      if (depth >= rows) rows = depth + 1;
    });
    const length = label.length;
    const position = new Float32Array(2 * length);
    const size = new Float32Array(length);
    const color = new Float32Array(4 * length);
    for (let i = 0; i < length; i++) {
      position[2 * i] = starts[i];
      position[2 * i + 1] = (rows - 1 - depths[i]) / rows;
      size[i] = values[i] / tree.value;
      color.set(COLOURS[label[i].length % COLOURS.length], 4 * i);
      color[4 * i + 3] = 1;
    }
    return {
      label,
      value: Float64Array.from(values),
      color,
      position0: position,
      position1: position,
      size0: size,
      size1: size,
    };
  },
  draw(container, columnarData) {
    root ??= createRoot(container);
    flushSync(() =>
      root.render(
        <Chart size={[WIDTH, HEIGHT]}>
          <Flame
            id="flame"
            columnarData={columnarData}
            valueAccessor={(datum) => datum.value}
            valueFormatter={(value) => `${value}`}
            animation={{ duration: 100 }}
            controlProviderCallback={{}}
          />
        </Chart>,
      ),
    );
  },
  clear() {
    root.unmount();
    root = undefined;
  },
  rows(container) {
    const { left, top } = container.getBoundingClientRect();
    return { left, top, width: WIDTH, rowHeight: HEIGHT / rows, direction: 1 };
  },
});

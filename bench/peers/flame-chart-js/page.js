import { FlameChart } from 'flame-chart-js';
import { HEIGHT, WIDTH } from '../../render/page/adapter.ts';
import { aggregate, walk } from '../../render/page/aggregate.ts';
import { runPage } from '../../render/page/harness.ts';

const MILLISECOND = 1e6;
let chart;

runPage({
  accept: (stacks) => stacks,
  merge(stacks) {
    const root = aggregate(stacks);
    // The same objects, with the start and duration of each as its spans are given.
    walk(root, ({ node, start }) => {
      node.start = start / MILLISECOND;
      node.duration = node.value / MILLISECOND;
      node.type = 'function';
    });
    return root;
  },
  draw(container, root) {
    const canvas = document.createElement('canvas');
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    container.append(canvas);
    chart = new FlameChart({ canvas, data: [root] });
  },
  clear(container) {
    chart.removeAllListeners?.();
    container.replaceChildren();
  },
  rows(container) {
    const { left, top } = container.querySelector('canvas').getBoundingClientRect();
    return { left, top: top + 70, width: WIDTH, rowHeight: 16, direction: 1 };
  },
});

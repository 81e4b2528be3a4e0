import { select } from 'd3-selection';
import flamegraph, { tooltip } from 'd3-flame-graph';
import './node_modules/d3-flame-graph/dist/d3-flamegraph.css';
import { WIDTH } from '../../render/page/adapter.ts';
import { aggregate } from '../../render/page/aggregate.ts';
import { runPage } from '../../render/page/harness.ts';

const CELL = 18;

runPage({
  accept: (stacks) => stacks,
  merge: aggregate,
  draw(container, tree) {
    const tip = tooltip.defaultFlamegraphTooltip();
    // Rectangles below half a pixel are left out, as ours are.
    const chart = flamegraph()
      .width(WIDTH)
      .cellHeight(CELL)
      .minFrameSize(0.5)
      .inverted(true)
      .tooltip(tip);
    select(container).append('div').datum(tree).call(chart);
  },
  clear(container) {
    container.replaceChildren();
  },
  rows(container) {
    const { left, top } = container.querySelector('svg').getBoundingClientRect();
    return { left, top, width: WIDTH, rowHeight: CELL, direction: 1 };
  },
});

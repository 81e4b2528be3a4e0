import React from 'react';
import ReactDOM from 'react-dom';
import { FlameGraph } from 'react-flame-graph';
import { HEIGHT, WIDTH } from '../../render/page/adapter.ts';
import { aggregate } from '../../render/page/aggregate.ts';
import { runPage } from '../../render/page/harness.ts';

runPage({
  start(container) {
    ReactDOM.render(<p>Loading</p>, container);
  },
  accept: (stacks) => stacks,
  merge: aggregate,
  draw(container, tree) {
    ReactDOM.render(<FlameGraph data={tree} width={WIDTH} height={HEIGHT} />, container);
  },
  clear(container) {
    ReactDOM.unmountComponentAtNode(container);
  },
  rows(container) {
    const { left, top } = container.getBoundingClientRect();
    return { left, top, width: WIDTH, rowHeight: 20, direction: 1 };
  },
});

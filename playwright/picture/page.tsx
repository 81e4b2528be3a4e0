import { createRoot } from 'react-dom/client';
import { buildCallTree, makeStackTable } from '@hyperflame/calltree';
import { FlameGraphView } from '@hyperflame/react';

const deep = Array.from({ length: 60 }, (_, depth) => `level ${depth}`);
const tree = buildCallTree(
  makeStackTable([
    { frames: ['left', ...deep], weight: 100 },
    { frames: ['middle', ...deep], weight: 100 },
    { frames: ['right', ...deep], weight: 100 },
  ]),
);

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <FlameGraphView tree={tree} height={400} />,
);

import React from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Function, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import { FlameGraph } from 'react-pprof';
import { HEIGHT, WIDTH } from '../../render/page/adapter.ts';
import { runPage } from '../../render/page/harness.ts';

let root;

/** It merges by itself: all it is given are the stacks, as a pprof file has them, leaf first. */
function pprofOf({ frames, stackOffset, frameIndex, weight, count }) {
  const stringTable = new StringTable();
  const text = (value) => stringTable.dedup(value);
  const functions = [];
  const locations = [];
  for (let frame = 0; frame < frames.length; frame++) {
    functions.push(
      new Function({
        id: frame + 1,
        name: text(frames.strings[frames.name[frame]]),
        filename: text(frames.strings[frames.file[frame]]),
      }),
    );
    locations.push(
      new Location({
        id: frame + 1,
        line: [new Line({ functionId: frame + 1, line: frames.line[frame] })],
      }),
    );
  }
  const sample = Array.from(weight, (value, stack) => {
    const locationId = [];
    for (let i = stackOffset[stack + 1] - 1; i >= stackOffset[stack]; i--) {
      locationId.push(frameIndex[i] + 1);
    }
    return new Sample({ locationId, value: [count[stack], value] });
  });
  return new Profile({
    stringTable,
    sampleType: [
      new ValueType({ type: text('samples'), unit: text('count') }),
      new ValueType({ type: text('cpu'), unit: text('nanoseconds') }),
    ],
    sample,
    location: locations,
    function: functions,
  });
}

runPage({
  start(container) {
    root = createRoot(container);
    root.render(<p>Loading</p>);
  },
  accept: pprofOf,
  merge: (profile) => profile,
  draw(container, profile) {
    root ??= createRoot(container);
    flushSync(() => root.render(<FlameGraph profile={profile} width={WIDTH} height={HEIGHT} />));
  },
  clear() {
    root.unmount();
    root = undefined;
  },
  rows(container) {
    const { left, top } = container.querySelector('canvas').getBoundingClientRect();
    return { left, top, width: WIDTH, rowHeight: 20, direction: 1 };
  },
});

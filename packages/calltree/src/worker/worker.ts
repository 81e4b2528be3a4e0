import { expose, transfer } from 'comlink';
import { createHost } from './host.ts';
import type { Host } from './protocol.ts';
import { warmUp } from './warm-up.ts';
import { columnsOf, copyOfStacks } from './wire.ts';

const host = createHost();
let isWanted = false;

const remote: Host = {
  ...host,
  loadFrames(id, frames) {
    isWanted = true;
    host.loadFrames(id, frames);
  },
  loadDiff(...given) {
    isWanted = true;
    host.loadDiff(...given);
  },
  pushRows(id, text) {
    isWanted = true;
    return host.pushRows(id, text);
  },
  async tableOfRows(...asked) {
    const { frames, ...columns } = await host.tableOfRows(...asked);
    // The texts have gone there with the rows that they came in.
    const stacks = copyOfStacks({ ...columns, frames: { ...frames, strings: [] } });
    return transfer(stacks, [...columnsOf(stacks), ...columnsOf(stacks.frames)]);
  },
  async run(id, job, tellsProgress) {
    const answer = await host.run(id, job, tellsProgress);
    return answer.ok ? transfer(answer, columnsOf(answer.value)) : answer;
  },
};

expose(remote);
void warmUp(() => isWanted);

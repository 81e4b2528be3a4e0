import { expose, transfer } from 'comlink';
import { createHost } from './host.ts';
import type { Answer, Host } from './protocol.ts';
import { warmUp } from './warm-up.ts';
import { columnsOf, withoutFrames } from './wire.ts';

const host = createHost();
let isWanted = false;

const remote: Host = {
  ...host,
  loadFrames(id, frames) {
    isWanted = true;
    host.loadFrames(id, frames);
  },
  async run(id, job, onProgress) {
    const answer = await host.run(id, job, onProgress);
    if (!answer.ok) return answer;
    const value = withoutFrames(answer.value, host.framesOf(job.table));
    return transfer<Answer>({ ...answer, value }, columnsOf(value));
  },
};

expose(remote);
void warmUp(() => isWanted);

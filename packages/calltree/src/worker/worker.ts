import { expose, transfer } from 'comlink';
import { createHost } from './host.ts';
import type { Answer, Host } from './protocol.ts';

const host = createHost();

const remote: Host = {
  ...host,
  async run(id, job, onProgress) {
    const answer = await host.run(id, job, onProgress);
    if (!answer.ok) return answer;
    const value = answer.askersFrames ? withoutFrames(answer.value) : answer.value;
    return transfer<Answer>({ ...answer, value }, columnsOf(value));
  },
};

/** Sending all names back to where they came from would be the larger part of the message. */
function withoutFrames<Result extends object>(value: Result): Result {
  return { ...value, frames: undefined };
}

/** Buffers of a result's own columns, also of those one level down: the two sides of a diff. */
function columnsOf(value: object): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  for (const [key, part] of Object.entries(value)) {
    if (ArrayBuffer.isView(part)) buffers.push(part.buffer as ArrayBuffer);
    else if (key === 'before' || key === 'after') buffers.push(...columnsOf(part as object));
  }
  return buffers;
}

expose(remote);

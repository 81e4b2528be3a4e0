import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface ShopProcess {
  readonly url: string;
  readonly pid: number;
  /** Ends it as Ctrl-C does, and says how it ended. */
  stop(): Promise<number | null>;
}

/** The service as a user starts it, on a free port. */
export async function startShopProcess(env: Record<string, string>): Promise<ShopProcess> {
  const child = fork(join(import.meta.dirname, '../main.ts'), {
    execArgv: [
      '--experimental-async-context-frame',
      '--import',
      join(import.meta.dirname, 'workspace-source.mjs'),
    ],
    env: { ...process.env, PORT: '0', ...env },
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const opened = once(child, 'message') as Promise<[{ url: string }]>;
  const first = await Promise.race([opened, ended.then(([code]) => code)]);
  if (!Array.isArray(first)) throw new Error(`The shop ended with ${first} before it was open.`);
  return {
    url: first[0].url,
    pid: child.pid as number,
    async stop() {
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}

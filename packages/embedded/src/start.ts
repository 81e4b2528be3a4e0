import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { ChildInput } from './child.ts';
import { configXml, usersXml } from './config.ts';
import { forgetUnfinishedInserts } from './deduplication-log.ts';
import { findLibrary } from './library.ts';
import { DEFAULT_USERS, type EmbeddedClickHouse, type StartOptions } from './options.ts';
import { freePort } from './port.ts';

/** A cold disk has 560 MB of library to read first. */
const READY_WITHIN_MS = 120_000;

/** Between choosing a free port and listening on it, someone else may take it. */
const PORT_TRIES = 3;

/**
 * Starts a ClickHouse server and answers once it answers.
 *
 * It ends with {@link EmbeddedClickHouse.stop}, or with this process, however that ends.
 *
 * @throws Error that names what is wrong: no library for this platform (and CLICKHOUSE_URL as the
 * way out), a port that is taken, a data folder that another server uses.
 */
export async function startClickHouse(options: StartOptions = {}): Promise<EmbeddedClickHouse> {
  const library = findLibrary();
  const { users = DEFAULT_USERS } = options;
  const usersText = usersXml(users);
  // Holds the configuration, and the data where no folder is given. The configuration is never
  // kept beside the data: a second start there must not change a running server's users.
  const temporary = await mkdtemp(join(tmpdir(), 'hyperflame-clickhouse-'));
  const removeTemporary = () => rm(temporary, { recursive: true, force: true, maxRetries: 3 });

  try {
    const path = options.dataDir === undefined ? join(temporary, 'data') : resolve(options.dataDir);
    await mkdir(path, { recursive: true });
    // The logs of a running server are its own; it is told below that the folder is taken.
    if (!(await isInUse(path))) await forgetUnfinishedInserts(path);
    const instance = randomUUID();
    const configFile = await writeConfig(temporary, {
      users,
      usersText,
      instance,
      clusters: options.clusters,
    });
    // Where the server is, until it runs: see `leaveNowhere`.
    const nowhere = join(temporary, 'nowhere');
    for (let attempt = 1; ; attempt++) {
      await mkdir(nowhere, { recursive: true });
      const httpPort = options.httpPort ?? (await freePort());
      const tcpPort = options.tcpPort ?? (await freePort());
      const server = launch(
        { library, path, configFile, httpPort, tcpPort, temporary },
        nowhere,
        options.log,
      );
      const url = `http://127.0.0.1:${httpPort}`;
      try {
        await untilReady(server, url, instance);
        await leaveNowhere(nowhere);
      } catch (error) {
        await server.end();
        const portsWereOurs = options.httpPort === undefined && options.tcpPort === undefined;
        if (portsWereOurs && attempt < PORT_TRIES && server.tail().includes('in use')) continue;
        throw error;
      }
      return {
        url,
        tcpUrl: `clickhouse://127.0.0.1:${tcpPort}`,
        pid: server.pid,
        ended: server.ended,
        stop: async () => {
          await server.end();
          await removeTemporary();
        },
        // The child sees its stdin end, removes the temporary folder, and is gone.
        kill: () => server.child.stdin.destroy(),
      };
    }
  } catch (error) {
    await removeTemporary();
    throw error;
  }
}

/**
 * Removes the folder that the server was started in. ClickHouse's function `file()` gives whoever asks any
 * file of the one who started it, for the library takes itself for a program of theirs, where nothing is
 * checked. But first it asks where it is, and in a folder that is gone it gets no further. Nothing else
 * asks, once the server runs: all its folders are named in full.
 */
async function leaveNowhere(folder: string): Promise<void> {
  await rm(folder, { recursive: true });
}

/**
 * Whether a server runs on this data folder. It holds a lock on the file that says its process, which
 * Node cannot ask for; so the process is looked for.
 */
async function isInUse(dataDir: string): Promise<boolean> {
  const status = await readFile(join(dataDir, 'status'), 'utf8').catch(() => '');
  const [, pid] = /^PID: (\d+)$/m.exec(status) ?? [];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeConfig(
  dir: string,
  {
    usersText,
    ...config
  }: { usersText: string } & Omit<Parameters<typeof configXml>[0], 'usersFile'>,
): Promise<string> {
  const configFile = join(dir, 'config.xml');
  const usersFile = join(dir, 'users.xml');
  await writeFile(usersFile, usersText);
  await writeFile(configFile, configXml({ usersFile, ...config }));
  return configFile;
}

interface Launched {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly pid: number;
  /** The last lines it logged, for an error's text. */
  tail(): string;
  hasEnded(): boolean;
  readonly ended: Promise<void>;
  /** Ends it at once and answers when it has ended. */
  end(): Promise<void>;
}

function launch(input: ChildInput, cwd: string, log: StartOptions['log']): Launched {
  // Beside this file, and of its kind: .ts from the sources, .js once built.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const program = fileURLToPath(new URL(`./child.${extension}`, import.meta.url));
  const child = spawn(process.execPath, [program, JSON.stringify(input)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd,
    // Dates without a zone mean the same on every machine.
    env: { ...process.env, TZ: 'UTC' },
    // In a process group of its own, so Ctrl-C in a terminal reaches only the parent, which can
    // then end things in the right order.
    detached: true,
  });

  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > 40) lines.shift();
      log?.(line);
    });
  }

  let over = false;
  const ended = new Promise<void>((done) => {
    // "close", not "exit": by then everything it wrote has been read.
    child.once('close', () => {
      over = true;
      done();
    });
    child.once('error', (error) => {
      lines.push(error.message);
      over = true;
      done();
    });
  });
  child.stdin.on('error', () => {
    // The child went first; `ended` says so.
  });

  return {
    child,
    pid: child.pid ?? -1,
    tail: () => lines.join('\n'),
    hasEnded: () => over,
    ended,
    end: async () => {
      // A kill is a clean end here: see child.ts on why it loses nothing.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function untilReady(server: Launched, url: string, instance: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!server.hasEnded()) {
    if (Date.now() > deadline) {
      throw new Error(
        `ClickHouse gave no answer within ${READY_WITHIN_MS / 1000} s.\n${server.tail()}`,
      );
    }
    const answer = await ask(`${url}/?query=SELECT+getMacro('instance')`);
    // A stranger's server on the same port answers too, but not with this.
    if (answer === instance) return;
    await sleep(50);
  }
  throw new Error(`ClickHouse did not start.\n${server.tail()}`);
}

async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    return (await response.text()).trim();
  } catch {
    return undefined;
  }
}

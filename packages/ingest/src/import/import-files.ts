import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  asking,
  checkServer,
  connect,
  ServerError,
  type ConnectionOptions,
} from '../connection.ts';
import { keptSamples, type Kept } from '../kept-from.ts';
import type { PprofToOtlpOptions } from '../otlp/pprof.ts';
import { insertPayload } from './insert.ts';
import {
  cannotBeRead,
  importFile,
  type FileImportOptions,
  type Head,
  type ImportProblem,
} from './import-file.ts';
import { listFiles } from './list-files.ts';
import type { ImportFormat } from './read-payload.ts';

export interface ImportOptions {
  readonly connection: ConnectionOptions;
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly format?: ImportFormat;
  /** For pprof files: what they are a profile of, and what their labels mean. */
  readonly pprof?: PprofToOtlpOptions;
  /** Called whenever something was imported. */
  readonly onProgress?: (summary: ImportSummary) => void;
  readonly onProblem?: (problem: ImportProblem) => void;
}

export interface FollowOptions extends ImportOptions {
  /** Ends it, after what has been written by then is imported. */
  readonly signal: AbortSignal;
  /** How often to look, in milliseconds; 500 by default. */
  readonly intervalMs?: number;
  /** Called when the server does not answer, once for each reason; it is asked again until it does. */
  readonly onServerError?: (error: ServerError) => void;
}

/** What was imported so far. */
export interface ImportSummary {
  readonly files: number;
  readonly filesDone: number;
  /** OTLP messages and pprof files. */
  readonly messages: number;
  readonly samples: number;
  /** Those of them that are older than samples are kept, and so are in rollups at most. */
  readonly expiredSamples: number;
  readonly spans: number;
  readonly logRecords: number;
  readonly problems: number;
}

const COUNTERS = { profiles: 'samples', traces: 'spans', logs: 'logRecords' } as const;

/**
 * Imports files into the tables that the Collector's exporter writes, once. A message that is
 * malformed, or that ClickHouse refuses, is reported and left out; everything else is still imported.
 *
 * @throws UserError when a path does not exist, ServerError when ClickHouse is not there, or refuses
 * whatever it is sent
 */
export async function importFiles(options: ImportOptions): Promise<ImportSummary> {
  return withClient(options, async (fileOptions, summary) => {
    const onUnreadable = (folder: string, code: string) =>
      fileOptions.onProblem(cannotBeRead(folder, code));
    const files = await listFiles(options.paths, { onUnreadable });
    summary.files = files.length;
    for (const file of files) {
      await importFile(file, fileOptions);
      summary.filesDone++;
      options.onProgress?.({ ...summary });
    }
  });
}

/** As `importFiles`, then goes on with what is added to the files and folders, until told to stop. */
export async function followFiles(options: FollowOptions): Promise<ImportSummary> {
  const { signal, intervalMs = 500, onServerError } = options;
  const known = new Map<string, Followed>();
  const unreadable = new Set<string>();
  return withClient(options, async (fileOptions, summary) => {
    const onUnreadable = (folder: string, code: string) => {
      if (!unreadable.has(folder)) fileOptions.onProblem(cannotBeRead(folder, code));
      unreadable.add(folder);
    };
    let said: string | undefined;
    for (let mayBeGone = false; ; mayBeGone = true) {
      const last = signal.aborted;
      const files = await listFiles(options.paths, { onUnreadable, mayBeGone });
      try {
        await lookOnce(files, known, fileOptions, last);
        said = undefined;
      } catch (error) {
        // Where nothing answers, waiting helps; where the server refuses, it does not.
        if (!(error instanceof ServerError && error.unreachable) || last) throw error;
        if (error.message !== said) onServerError?.(error);
        said = error.message;
      }
      summary.files = known.size;
      summary.filesDone = [...known.values()].filter((file) => file.next >= file.size).length;
      if (last) return;
      // Stopping ends the sleep, not the work.
      await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
    }
  });
}

interface Followed {
  /** By these a file is known to be the same as before, and not written to. */
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
  /** Where its next message begins. */
  next: number;
  /** It was imported as a whole, so that is what has to be done with what becomes of it. */
  isWhole: boolean;
  head?: Head;
}

const GONE: Followed = { ino: -1, size: 0, mtimeMs: 0, next: 0, isWhole: false };

async function lookOnce(
  files: readonly string[],
  known: Map<string, Followed>,
  options: FileImportOptions,
  last: boolean,
): Promise<void> {
  // What has its name next begins anew.
  const there = new Set(files);
  for (const file of known.keys()) {
    if (!there.has(file)) known.set(file, GONE);
  }
  for (const file of files) {
    const status = await stat(file).catch(() => undefined);
    if (status === undefined) continue; // Someone has just taken it away.
    const { ino, size, mtimeMs } = status;
    const before = known.get(file);
    const isSame = before?.size === size && before.ino === ino && before.mtimeMs === mtimeMs;
    const from = before === undefined || isReplaced(before, status) ? 0 : before.next;
    const head = from === 0 ? undefined : before?.head;
    const state: Followed = { ino, size, mtimeMs, next: from, isWhole: false, head };
    if (isSame) state.isWhole = before.isWhole;
    known.set(file, state);
    if (from < size || (last && size === 0)) {
      const { next, isWhole, ...found } = await importFile(file, options, {
        from,
        head,
        waitForRest: !last,
        waitForWhole: !last && !isSame,
        // The server may be away for the next message.
        onNext: (next) => (state.next = next),
      });
      // It may have grown since its size was asked for.
      state.next = next === Infinity ? size : next;
      state.isWhole = isWhole;
      state.head = found.head;
    }
  }
}

/**
 * Whether a file is begun anew: it is another one of that name, has become shorter, or was written
 * over. What was only added to is longer than before, and goes on; of what counts as a whole, all is
 * imported again. What has not changed in it is known by its bytes, and counts once.
 */
function isReplaced(before: Followed, { ino, size, mtimeMs }: Stats): boolean {
  if (ino !== before.ino || size < before.next) return true;
  if (before.isWhole) return size !== before.size || mtimeMs !== before.mtimeMs;
  return size === before.size && mtimeMs !== before.mtimeMs;
}

async function withClient(
  options: ImportOptions,
  work: (fileOptions: FileImportOptions, summary: Mutable<ImportSummary>) => Promise<void>,
): Promise<ImportSummary> {
  const { connection, format = 'auto', pprof = {}, onProgress, onProblem } = options;
  const summary: Mutable<ImportSummary> = {
    files: 0,
    filesDone: 0,
    messages: 0,
    samples: 0,
    expiredSamples: 0,
    spans: 0,
    logRecords: 0,
    problems: 0,
  };
  const client = connect(connection);
  let isChecked = false;
  let kept: Kept | undefined;
  try {
    const fileOptions: FileImportOptions = {
      format,
      pprof,
      async insert(payload, bytes) {
        if (!isChecked) {
          await checkServer(client, connection);
          kept = await asking(connection, () => keptSamples(client, connection.database));
        }
        // Another may be in its place once it has been away.
        isChecked = false;
        const { rows, expired } = await asking(connection, () =>
          insertPayload(client, payload, bytes, payload.signal === 'profiles' ? kept : undefined),
        );
        isChecked = true;
        summary.messages++;
        summary[COUNTERS[payload.signal]] += rows;
        summary.expiredSamples += expired;
        onProgress?.({ ...summary });
      },
      onProblem(problem) {
        summary.problems++;
        onProblem?.(problem);
      },
    };
    await work(fileOptions, summary);
    return summary;
  } finally {
    await client.close();
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

import { table } from '../../scripts/lib/table.mjs';
import type { DataVersions } from '../lib/cache.ts';
import { machineLine, type Machine } from '../lib/machine.ts';
import type { Compared, Measured } from './measure.ts';

/** How much longer a question takes over a day ten times as large. */
export interface Growth {
  readonly rows: number;
  readonly oursMs: number;
  readonly wideMs: number;
  readonly ours: number;
  readonly wide: number;
}

/** Ours first; the wide table's figures are under `wide`. Times are medians of warm runs. */
export interface QuestionReport {
  readonly name: string;
  readonly oursMs: number;
  readonly wideMs: number;
  /** How many times faster ours is. */
  readonly ratio: number;
  readonly rowsRead: number;
  /** Of the samples of the day. */
  readonly shareRead: number;
  readonly bytesRead: number;
  readonly peakMemoryBytes: number;
  readonly wireBytes: number;
  readonly figuresCompared: number;
  readonly ours: Measured;
  readonly wide: Measured;
  readonly growth?: Growth;
}

export interface QueryReport {
  readonly rows: number;
  readonly questions: readonly QuestionReport[];
  readonly machine: Machine;
  readonly versions: DataVersions;
}

export function questionReport(
  rows: number,
  { name, ours, wide, figuresCompared }: Compared,
  smaller?: { readonly rows: number; readonly compared: Compared },
): QuestionReport {
  const oursMs = ours.warm.median;
  const wideMs = wide.warm.median;
  const { rowsRead, bytesRead, peakMemoryBytes, wireBytes } = ours;
  const before = smaller && {
    rows: smaller.rows,
    oursMs: smaller.compared.ours.warm.median,
    wideMs: smaller.compared.wide.warm.median,
  };
  return {
    name,
    oursMs,
    wideMs,
    ratio: wideMs / oursMs,
    rowsRead,
    shareRead: rowsRead / rows,
    bytesRead,
    peakMemoryBytes,
    wireBytes,
    figuresCompared,
    ours,
    wide,
    ...(before && {
      growth: { ...before, ours: oursMs / before.oursMs, wide: wideMs / before.wideMs },
    }),
  };
}

const ms = (time: number): string =>
  time < 10 ? time.toFixed(1) : Math.round(time).toLocaleString('en');
const mb = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0);

export function queryText({ rows, questions, machine }: QueryReport): string {
  const withGrowth = questions.some(({ growth }) => growth !== undefined);
  const head = [
    'question',
    'ours ms',
    'worst',
    'cold',
    'wide ms',
    'worst',
    'cold',
    'times faster',
    'rows read',
    'MB read',
    'peak MB',
    'wide peak MB',
    'MB on the wire',
    'wide',
    ...(withGrowth ? ['growth', 'wide'] : []),
  ];
  const body = questions.map(({ name, ours, wide, ratio, rowsRead, growth }) => [
    name,
    ms(ours.warm.median),
    ms(ours.warm.worst),
    ms(ours.cold.median),
    ms(wide.warm.median),
    ms(wide.warm.worst),
    ms(wide.cold.median),
    ratio.toFixed(1),
    rowsRead.toLocaleString('en'),
    mb(ours.bytesRead),
    mb(ours.peakMemoryBytes),
    mb(wide.peakMemoryBytes),
    mb(ours.wireBytes),
    mb(wide.wireBytes),
    ...(withGrowth ? [`${growth?.ours.toFixed(2)} ×`, `${growth?.wide.toFixed(2)} ×`] : []),
  ]);
  const compared = questions.reduce((sum, { figuresCompared }) => sum + figuresCompared, 0);
  const smaller = questions[0]?.growth?.rows;
  return [
    table([head, ...body]),
    `${rows.toLocaleString('en')} samples. Medians of warm runs; both sides gave the same ${compared.toLocaleString('en')} figures.` +
      (smaller ? ` Growth is from ${smaller.toLocaleString('en')} samples a day.` : ''),
    machineLine(machine),
  ].join('\n\n');
}

import { table } from '../../scripts/lib/table.mjs';
import type { DataVersions } from '../lib/cache.ts';
import { machineLine, type Machine } from '../lib/machine.ts';
import type { TableSize } from './sizes.ts';

export interface SideReport {
  readonly bytes: number;
  readonly bytesPerSample: number;
  readonly loadSeconds: number;
  readonly tables: readonly TableSize[];
}

export interface StorageReport {
  readonly rows: number;
  readonly ours: SideReport;
  readonly wide: SideReport;
  /** How many times smaller ours is. */
  readonly ratio: number;
  readonly machine: Machine;
  readonly versions: DataVersions;
}

export function sideReport(
  rows: number,
  loadSeconds: number,
  tables: readonly TableSize[],
): SideReport {
  const bytes = tables.reduce((sum, size) => sum + size.bytes, 0);
  return { bytes, bytesPerSample: bytes / rows, loadSeconds, tables };
}

/** Less than this many bytes per sample is told in one line with others of its kind. */
const WORTH_A_LINE = 0.02;

export function storageText({ rows, ours, wide, ratio, machine }: StorageReport): string {
  const perSample = (bytes: number): string => (bytes / rows).toFixed(2);
  const sections = (
    [
      ['ours', ours],
      ["the exporter's own table", wide],
    ] as const
  ).map(([name, side]) => {
    const lines = side.tables.flatMap((size) => [
      [size.table, '', perSample(size.bytes), size.rows.toLocaleString('en')],
      ...parts(size, rows).map(([part, bytes]) => ['', part, perSample(bytes), '']),
    ]);
    return table([
      [name, '', 'bytes a sample', 'rows'],
      ['all', '', side.bytesPerSample.toFixed(2), rows.toLocaleString('en')],
      ...lines,
    ]);
  });
  return [
    ...sections,
    `${rows.toLocaleString('en')} samples: ${ours.bytesPerSample.toFixed(2)} against ${wide.bytesPerSample.toFixed(2)} bytes a sample, ${ratio.toFixed(1)} times smaller.`,
    machineLine(machine),
  ].join('\n\n');
}

function parts(size: TableSize, rows: number): [string, number][] {
  const all: [string, number][] = [
    ...Object.entries(size.columns),
    ...Object.entries(size.indexes).map(([name, bytes]): [string, number] => [
      `index ${name}`,
      bytes,
    ]),
    ['keys, checksums and what parts keep whole', size.other],
  ];
  const large = all.filter(([, bytes]) => bytes / rows >= WORTH_A_LINE);
  const rest = all.filter(([, bytes]) => bytes / rows < WORTH_A_LINE);
  const sum = rest.reduce((total, [, bytes]) => total + bytes, 0);
  large.sort((a, b) => b[1] - a[1]);
  return rest.length === 0 || size.bytes / rows < WORTH_A_LINE
    ? large
    : [...large, [`${rest.length} more`, sum]];
}

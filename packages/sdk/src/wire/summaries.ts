import type { ProfileTypeSummary, ServiceSummary, SpanSampleCount } from '../answers.ts';
import { readSampling } from './head.ts';
import { parseRows, type WireNumber } from './rows.ts';

interface TypeRow {
  readonly profileType: string;
  readonly unit: string;
  readonly samples: number;
  readonly total: WireNumber;
  /** Where a sample of the rows answers. */
  readonly sampled?: string;
}

/** A row of a query that lists things by name, with each of their profile types. */
interface NamedRow extends TypeRow {
  readonly name: string;
}

interface SeenRow extends NamedRow {
  /** Unix milliseconds. */
  readonly firstSeen: WireNumber;
  readonly lastSeen: WireNumber;
}

/** Reads the answer to `profileTypesQuery`. */
export function parseProfileTypes(text: string): ProfileTypeSummary[] {
  return (parseRows(text) as TypeRow[]).map(typeSummary);
}

/** Reads the answer to `servicesQuery`, which may have one service more than its limit. */
export function parseServices(text: string): ServiceSummary[] {
  return byName(parseRows(text) as SeenRow[], (service, rows) => ({
    service,
    samples: sumOf(rows),
    profileTypes: rows.map(typeSummary),
    firstSeen: new Date(Math.min(...rows.map((row) => Number(row.firstSeen)))),
    lastSeen: new Date(Math.max(...rows.map((row) => Number(row.lastSeen)))),
  }));
}

/** Reads the answer to `spanSampleCountsQuery`; the span with the most samples first. */
export function parseSpanSampleCounts(text: string): SpanSampleCount[] {
  return byName(parseRows(text) as NamedRow[], (spanId, rows) => ({
    spanId,
    samples: sumOf(rows),
    profileTypes: rows.map(typeSummary),
  })).sort((a, b) => b.samples - a.samples);
}

function typeSummary({ sampled, ...row }: TypeRow): ProfileTypeSummary {
  const { profileType, unit } = row;
  const [total, samples] = [Number(row.total), Number(row.samples)];
  const sampling = sampled === undefined ? undefined : readSampling(sampled, total, samples);
  return { profileType, unit, samples, total, sampling };
}

function sumOf(rows: readonly TypeRow[]): number {
  return rows.reduce((sum, { samples }) => sum + Number(samples), 0);
}

/** Rows of one name stand together. */
function byName<Row extends NamedRow, Item>(
  rows: readonly Row[],
  make: (name: string, rows: readonly Row[]) => Item,
): Item[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.name);
    if (group) group.push(row);
    else groups.set(row.name, [row]);
  }
  return Array.from(groups, ([name, group]) => make(name, group));
}

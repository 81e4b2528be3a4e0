import type { Facet, FacetValue } from '../answers.ts';
import type { FacetsQuestion } from '../questions/questions.ts';
import { DEFAULT_KEYS } from '../sql/facets.ts';
import { parseRows, unreadable, type WireNumber } from './rows.ts';

interface FacetRow {
  /** `ColumnIdentifier` of the rollup. */
  readonly on: string;
  readonly key: string;
  readonly value: string;
  readonly rows: WireNumber;
  readonly keyRows: WireNumber;
  readonly valueCount: WireNumber;
  /** `''` where nothing is weighed. */
  readonly weight: string;
  readonly keyWeight: string;
}

const ON: Readonly<Record<string, Facet['on']>> = {
  ResourceAttributes: 'resource',
  SampleAttributes: 'sample',
  ProfileAttributes: 'profile',
  NativeColumn: 'column',
};

/** Reads the answer to `facetsQuery` of the same question. Rows of one key stand together. */
export function parseFacets(
  text: string,
  { maxKeys = DEFAULT_KEYS }: FacetsQuestion,
): { items: Facet[]; complete: boolean } {
  const facets: (Facet & { values: FacetValue[] })[] = [];
  for (const row of parseRows(text) as FacetRow[]) {
    const on = ON[row.on];
    if (on === undefined) throw unreadable(`it has attributes on "${row.on}"`);
    let facet = facets.at(-1);
    if (facet?.on !== on || facet.key !== row.key) {
      facet = {
        ...{ on, key: row.key, rows: Number(row.keyRows) },
        ...{ valueCount: Number(row.valueCount), weight: weightOf(row.keyWeight), values: [] },
      };
      facets.push(facet);
    }
    facet.values.push({ value: row.value, rows: Number(row.rows), weight: weightOf(row.weight) });
  }
  const complete =
    facets.length <= maxKeys &&
    facets.every(({ values, valueCount }) => values.length === valueCount);
  return { items: facets.slice(0, maxKeys), complete };
}

function weightOf(text: string): number | undefined {
  return text === '' ? undefined : Number(text);
}

import { expect, test } from 'vitest';
import type { Span } from '../data/spans.ts';
import { layoutWaterfall, ticks } from './layout.ts';

function span(spanId: string, parentSpanId: string, start: number, durationNano: number): Span {
  return {
    traceId: 't',
    spanId,
    parentSpanId,
    name: spanId,
    kind: 'Internal',
    service: 'shop',
    startNano: 1_700_000_000_000_000_000n + BigInt(start),
    durationNano,
    status: 'Unset',
    statusMessage: '',
    attributes: {},
    resource: {},
    events: [],
  };
}

const outline = (spans: Span[]) =>
  layoutWaterfall(spans).rows.map((row) => '  '.repeat(row.depth) + row.span.name);

test('parents stand before their children, siblings in order of their start', () => {
  const spans = [
    span('late', 'root', 60, 40),
    span('early', 'root', 0, 50),
    span('inner', 'early', 10, 10),
    span('root', '', 0, 100),
  ];
  expect(outline(spans)).toEqual(['root', '  early', '    inner', '  late']);
});

test('bars are shares of the whole trace, also where a child outlives its parent', () => {
  const { rows, durationNano } = layoutWaterfall([span('a', '', 0, 100), span('b', 'a', 50, 150)]);
  expect(durationNano).toBe(200);
  expect(rows.map(({ left, width }) => [left, width])).toEqual([
    [0, 0.5],
    [0.25, 0.75],
  ]);
});

test('a span whose parent is missing is a root', () => {
  expect(outline([span('orphan', 'gone', 0, 1)])).toEqual(['orphan']);
});

test('spans in a circle are shown all the same', () => {
  expect(outline([span('a', 'b', 0, 1), span('b', 'a', 1, 1)])).toEqual(['a', '  b']);
});

test('no spans, no time, and a span that is its own parent', () => {
  expect(layoutWaterfall([]).rows).toEqual([]);
  expect(layoutWaterfall([span('a', '', 0, 0)]).rows[0]).toMatchObject({ left: 0, width: 1 });
  expect(outline([span('a', 'a', 0, 1)])).toEqual(['a']);
});

test('ten thousand levels deep', () => {
  const spans = Array.from({ length: 10_000 }, (_, i) =>
    span(`s${i}`, i === 0 ? '' : `s${i - 1}`, i, 1),
  );
  expect(layoutWaterfall(spans).rows.at(-1)?.depth).toBe(9999);
});

test('ticks are round', () => {
  expect(ticks(93e6, 5)).toEqual([0, 20e6, 40e6, 60e6, 80e6]);
  expect(ticks(0, 5)).toEqual([0]);
});

import type { Span } from '../data/spans.ts';

/** One line of a waterfall. */
export interface WaterfallRow {
  readonly span: Span;
  /** 0 for a root. */
  readonly depth: number;
  readonly childCount: number;
  /** Left edge and width of the bar, as shares of the trace's time. */
  readonly left: number;
  readonly width: number;
}

export interface Waterfall {
  readonly rows: readonly WaterfallRow[];
  readonly startNano: bigint;
  readonly durationNano: number;
}

/**
 * Spans as lines: a parent stands before its children, siblings stand in order of their start. A
 * span whose parent is not there (not arrived yet, or cut off) counts as a root.
 *
 *     checkout        ▇▇▇▇▇▇▇▇▇▇
 *       price order   ▇
 *       charge card    ▇▇▇▇
 *         payments      ▇▇
 *       write order        ▇▇
 */
export function layoutWaterfall(spans: readonly Span[]): Waterfall {
  if (spans.length === 0) return { rows: [], startNano: 0n, durationNano: 0 };
  const startNano = spans.reduce(
    (least, span) => (span.startNano < least ? span.startNano : least),
    spans[0].startNano,
  );
  const offset = (span: Span) => Number(span.startNano - startNano);
  const durationNano = Math.max(...spans.map((span) => offset(span) + span.durationNano));

  const ordered = [...spans].sort((a, b) => offset(a) - offset(b));
  const ids = new Set(spans.map((span) => span.spanId));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of ordered) {
    const siblings = children.get(span.parentSpanId);
    if (!ids.has(span.parentSpanId)) roots.push(span);
    else if (siblings === undefined) children.set(span.parentSpanId, [span]);
    else siblings.push(span);
  }

  const rows: WaterfallRow[] = [];
  const seen = new Set<Span>();
  // Last, every span once more: only those in a circle of parents have not been seen by then.
  for (const root of [...roots, ...ordered]) {
    // A stack of its own: traces can be deeper than JavaScript recurses.
    const waiting = [{ span: root, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { span, depth } = next;
      if (seen.has(span)) continue;
      seen.add(span);
      const own = children.get(span.spanId) ?? [];
      rows.push({
        span,
        depth,
        childCount: own.length,
        left: durationNano === 0 ? 0 : offset(span) / durationNano,
        width: durationNano === 0 ? 1 : span.durationNano / durationNano,
      });
      for (let i = own.length - 1; i >= 0; i--) waiting.push({ span: own[i], depth: depth + 1 });
    }
  }
  return { rows, startNano, durationNano };
}

/** Round times to draw lines at, about `wanted` of them: 0, 20 ms, 40 ms … */
export function ticks(durationNano: number, wanted: number): number[] {
  if (durationNano <= 0) return [0];
  const rough = durationNano / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  return Array.from({ length: Math.floor(durationNano / step) + 1 }, (_, i) => i * step);
}

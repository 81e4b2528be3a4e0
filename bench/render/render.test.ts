import { describe, expect, it } from 'vitest';
import { buildCallTree } from '@hyperflame/calltree';
import { bytesOf, measureEngine, measureWidest } from './engine.ts';
import { npmReason } from './packages.ts';
import { aggregate, walk } from './page/aggregate.ts';
import { makeFan, makeProfile } from './profile.ts';
import { renderMarkdown } from './markdown.ts';
import type { RenderReport } from './report.ts';
import { median, quantile } from './statistics.ts';
import { longestTask, readTrace, responses, timesToPixels, workloads } from './trace.ts';
import { decodeStacks, encodeStacks } from './wire.ts';

const profile = makeProfile(3_000);

describe('the profiles of the benchmark', () => {
  it('have the nodes that were asked for, and are the same every time', () => {
    const tree = buildCallTree(profile);
    expect(tree.length).toBeGreaterThanOrEqual(3_000);
    expect(tree.length).toBeLessThan(3_200);
    expect(makeProfile(3_000)).toEqual(profile);
    expect(tree.totalCount[0] * 10_000_000).toBe(tree.total[0]);
  });

  it('have one function that calls as many as were asked for', () => {
    const fan = makeFan(5);
    const tree = buildCallTree(fan);
    expect(tree.length).toBe(7);
    expect(Array.from(tree.parent).slice(2)).toEqual([1, 1, 1, 1, 1]);
    expect(tree.total[1]).toBe(fan.weight.reduce((sum, weight) => sum + weight, 0));
    expect([...new Set(fan.frames.strings)]).toHaveLength(7);
  });

  it('reach a page as they were', () => {
    const { buffer, byteOffset, byteLength } = encodeStacks(profile);
    const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
    expect(decodeStacks(bytes)).toEqual(profile);
  });

  it('come to the same tree where other packages are given objects', () => {
    const tree = buildCallTree(profile);
    const weights = (totals: Iterable<number>) => [...totals].sort((a, b) => a - b);
    const found: number[] = [];
    const root = aggregate(profile);
    walk(root, ({ node, start }) => {
      found.push(node.value);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(start + node.value).toBeLessThanOrEqual(root.value);
      const below = node.children.reduce((sum, child) => sum + child.value, 0);
      expect(below + node.self).toBe(node.value);
    });
    expect(weights(found)).toEqual(weights(tree.total));
  });
});

describe('the figures of the engine', () => {
  it('count every column of a tree', () => {
    const tree = buildCallTree(profile);
    expect(bytesOf(tree)).toBeGreaterThanOrEqual(48 * tree.length);
    const figures = measureEngine(3_000, profile, 1);
    expect(figures.bytesPerNode).toBe(bytesOf(tree) / tree.length);
    expect(figures.framesMergedPerSecond).toBeCloseTo((figures.frames / figures.mergeMs) * 1000);
    const widest = measureWidest(makeFan(100));
    expect(widest).toMatchObject({ callees: 100, bytes: bytesOf(buildCallTree(makeFan(100))) });
  });
});

describe('medians and percentiles', () => {
  it('are values that were measured, or lie between two of them', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([5, 1, 4, 2, 3], 0.95)).toBe(5);
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(median([])).toBeNaN();
  });
});

describe('a trace', () => {
  const on = { pid: 1, tid: 7, ph: 'X' };
  const task = (ts: number, dur: number) => ({ ...on, name: 'RunTask', ts, dur });
  const event = (ts: number, type: string) => ({
    ...on,
    name: 'EventDispatch',
    ts,
    args: { data: { type } },
  });
  const compositor = (name: string, ...times: number[]) =>
    times.map((ts) => ({ ...on, tid: 8, ph: 'I', name, ts }));
  const trace = readTrace(
    Buffer.from(
      JSON.stringify({
        traceEvents: [
          { ...on, name: 'bench-start', ts: 0 },
          task(1_000, 4_000),
          task(10_000, 9_000),
          event(11_000, 'click'),
          task(20_000, 6_000),
          task(30_000, 2_000),
          event(30_500, 'click'),
          { ...on, tid: 8, name: 'RunTask', ts: 12_000, dur: 90_000 },
          ...compositor('ActivateLayerTree', 9_000, 22_000),
          ...compositor('DrawFrame', 9_500, 12_000, 23_000, 25_000),
          { ...on, pid: 2, ph: 'I', name: 'ActivateLayerTree', ts: 11_500 },
        ],
      }),
    ),
  );

  it('tells the longest task between two times, of the page’s own thread', () => {
    expect(longestTask(trace, 0, 5)).toBe(4);
    expect(longestTask(trace, 0, 100)).toBe(9);
  });

  it('tells what an input costs: its own task and the longest that follows', () => {
    expect(responses(trace, 'click', 100)).toEqual([9 + 6, 2]);
    expect(responses(trace, 'mousemove', 100)).toEqual([]);
  });

  it('tells all that the main thread did for an input', () => {
    const busy = { ...trace, tasks: [...trace.tasks, { start: 27, duration: 1, cpu: 1 }] };
    expect(workloads(busy, 'click', 100)).toEqual([9 + 6 + 1, 2]);
    expect(workloads(busy, 'click', 12)).toEqual([9 + 6, 2]);
  });

  it('tells when what an input does was seen, if anything was', () => {
    expect(timesToPixels(trace, 'click', 100)).toEqual([23 - 10]);
    // Too late for either to be the reason.
    expect(timesToPixels(trace, 'click', 5)).toEqual([]);
    const more = [32, 40].map((at) => ({ type: 'click', at }));
    expect(timesToPixels({ ...trace, events: [...trace.events, ...more] }, 'click', 100)).toEqual(
      [],
    );
  });
});

describe('what is said of the packages', () => {
  it('is why npm did not install one', () => {
    const output = 'npm warn x\nnpm error code E404\nnpm error 404 Not Found: gone@1\nnpm error\n';
    expect(npmReason(output)).toBe('code E404; 404 Not Found: gone@1');
  });

  it('is a dash where there is no figure, with the reason', () => {
    const widest = { callees: 1000, mergeMs: 12, bytes: 48_000 };
    const report: RenderReport = {
      runs: [
        {
          package: 'slow',
          nodes: 500_000,
          runs: 0,
          inputToPixelsMs: null,
          drawMs: null,
          longestTaskMs: null,
          longestTaskCpuMs: null,
          zoomP50Ms: null,
          zoomP95Ms: null,
          hoverP50Ms: null,
          hoverP95Ms: null,
          hoverWorkMs: null,
          searchP50Ms: null,
          searchP95Ms: null,
          heapBytes: null,
          gzipBytes: 48_000,
          gzipWithoutReactBytes: 9_000,
          reason: 'cut off after 30 s',
        },
      ],
      left: [{ package: 'gone', reason: 'code E404' }],
      engine: { framesMergedPerSecond: 1, bytesPerNode: 48, growth: [], widest },
      versions: {},
      machine: { cpu: 'cpu', cores: 2, memoryGiB: 8, os: 'os', node: 'v22', chromium: '1' },
    };
    const text = renderMarkdown(report);
    expect(text).toMatch(/^\| slow \(cut off after 30 s\)( +\| –){7} +\|$/m);
    expect(text).toContain('Not measured: gone: code E404');
    expect(text).toContain('A function with 1,000 callees is merged in 12 ms');
    // Every row of a table is as long as its head.
    for (const table of text.split('\n\n').filter((part) => part.startsWith('|'))) {
      expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1);
    }
  });
});

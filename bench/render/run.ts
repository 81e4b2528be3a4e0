import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';
import type { StackTable } from '@hyperflame/calltree';
import { say, step } from '../../scripts/lib/say.mjs';
import { buildPage, cacheFolder, type Size } from './build.ts';
import { measureEngine, measureWidest } from './engine.ts';
import { openBrowser, showPage, type Shown } from './measure.ts';
import { installPeer, OURS, versionOf, type Subject } from './packages.ts';
import { makeFan, makeProfile } from './profile.ts';
import type { RenderReport, RenderRun } from './report.ts';
import { serve } from './serve.ts';
import { median, quantile } from './statistics.ts';
import { decodeStacks, encodeStacks } from './wire.ts';

export interface RenderBenchOptions {
  readonly subjects: readonly Subject[];
  /** Nodes of the profiles, smallest first. */
  readonly sizes: readonly number[];
  /** How often each package shows each profile. */
  readonly runs: number;
  /** Zooms in each of these; there are four times as many hovers. */
  readonly gestures: number;
  /** A package that takes longer at a size is cut off there. */
  readonly limitMs: number;
  /** Of the one function that the engine is given besides. */
  readonly callees: number;
}

export async function runRenderBench(options: RenderBenchOptions): Promise<RenderReport> {
  await mkdir(cacheFolder, { recursive: true });
  const profiles = new Map<number, StackTable>();
  for (const nodes of options.sizes) profiles.set(nodes, await profileOf(nodes));

  const left: { package: string; reason: string }[] = [];
  const sizes = new Map<Subject, Size>();
  for (const subject of options.subjects) {
    try {
      await step(`Building the page of ${subject.name}`, async () => {
        if (subject !== OURS) await installPeer(subject);
        sizes.set(subject, await buildPage(subject, join(cacheFolder, basename(subject.folder))));
      });
    } catch (error) {
      const reason = firstLine(error);
      say(`✗ ${subject.name}: ${reason}`);
      if (subject === OURS) throw error;
      left.push({ package: subject.name, reason });
    }
  }

  const server = await serve(cacheFolder);
  const browser = await openBrowser();
  const chromium = browser.version();
  const runs: RenderRun[] = [];
  try {
    // Once cut off, a package is not asked for more: it would only take longer.
    const tooSlow = new Map<Subject, string>();
    for (const nodes of options.sizes) {
      const shown = new Map<Subject, Shown[]>([...sizes.keys()].map((subject) => [subject, []]));
      // One after the other, and all of them again: whatever else the machine does hits all alike.
      for (let run = 0; run < options.runs; run++) {
        for (const subject of sizes.keys()) {
          if (tooSlow.has(subject)) continue;
          const name = `${subject.name}, ${nodes.toLocaleString('en')} nodes (${run + 1})`;
          try {
            await step(name, async () => {
              const url = `${server.url}/${basename(subject.folder)}/page/index.html`;
              const profile = `${server.url}/${nodes}.profile`;
              const { limitMs } = options;
              // Gestures take the longest by far, and one run has enough of them.
              const gestures = run === 0 ? options.gestures : 0;
              shown
                .get(subject)!
                .push(await showPage(browser, subject, { url, profile, limitMs, gestures }));
            });
          } catch (error) {
            // Without a browser there is nothing left to measure, and no package is at fault.
            if (!browser.isConnected()) throw error;
            const reason = firstLine(error);
            say(`✗ ${name}: ${reason}`);
            tooSlow.set(subject, `${reason} at ${nodes.toLocaleString('en')} nodes`);
          }
        }
      }
      for (const [subject, all] of shown) {
        runs.push(summary(subject, nodes, all, sizes.get(subject)!, tooSlow.get(subject)));
      }
    }
  } finally {
    await browser.close();
    server.close();
  }

  const growth = [];
  for (const [nodes, stacks] of profiles) {
    growth.push(
      await step(`The engine, ${nodes.toLocaleString('en')} nodes`, () =>
        measureEngine(nodes, stacks, 3 * options.runs),
      ),
    );
  }
  const widest = await step(
    `The engine, a function with ${options.callees.toLocaleString('en')} callees`,
    () => measureWidest(makeFan(options.callees)),
  );
  const largest = growth[growth.length - 1];
  return {
    runs,
    left,
    engine: {
      framesMergedPerSecond: largest.framesMergedPerSecond,
      bytesPerNode: Math.max(...growth.map(({ bytesPerNode }) => bytesPerNode)),
      growth,
      widest,
    },
    versions: Object.fromEntries([...sizes.keys()].map((s) => [s.name, versionOf(s)])),
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      os: `${platform()} ${release().split('-')[0]}`,
      node: process.version,
      chromium,
    },
  };
}

/** The same profile for every run: it is kept, for larger ones take seconds to make. */
async function profileOf(nodes: number): Promise<StackTable> {
  const file = join(cacheFolder, `${nodes}.profile`);
  if (!existsSync(file)) {
    await step(`Making a profile of ${nodes.toLocaleString('en')} nodes`, async () =>
      writeFile(file, encodeStacks(makeProfile(nodes))),
    );
  }
  const bytes = await readFile(file);
  return decodeStacks(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function summary(
  subject: Subject,
  nodes: number,
  all: readonly Shown[],
  size: Size,
  reason: string | undefined,
): RenderRun {
  const of = (part: (shown: Shown) => number) => (all.length === 0 ? null : median(all.map(part)));
  const spread = (part: (shown: Shown) => readonly number[], share: number) => {
    const values = all.flatMap(part);
    return values.length === 0 ? null : quantile(values, share);
  };
  return {
    package: subject.name,
    nodes,
    runs: all.length,
    inputToPixelsMs: of((shown) => shown.inputToPixelsMs),
    drawMs: of((shown) => shown.drawMs),
    longestTaskMs: of((shown) => shown.longestTaskMs),
    longestTaskCpuMs: of((shown) => shown.longestTaskCpuMs),
    zoomP50Ms: spread((shown) => shown.zooms, 0.5),
    zoomP95Ms: spread((shown) => shown.zooms, 0.95),
    hoverP50Ms: spread((shown) => shown.hovers, 0.5),
    hoverP95Ms: spread((shown) => shown.hovers, 0.95),
    hoverWorkMs: spread((shown) => shown.hoverWork, 0.5),
    searchP50Ms: spread((shown) => shown.searches, 0.5),
    searchP95Ms: spread((shown) => shown.searches, 0.95),
    heapBytes: of((shown) => shown.heapBytes),
    ...size,
    ...(reason === undefined ? {} : { reason }),
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0].slice(0, 200);
}

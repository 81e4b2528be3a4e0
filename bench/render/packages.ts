import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../../scripts/lib/program.mjs';
import { outdated } from '../../scripts/lib/lockfile.mjs';
import { attempt, root } from '../../scripts/lib/run.mjs';

/** How a person zooms into a frame of a package's picture. */
export type ZoomGesture = 'click' | 'wheel' | 'click, then menu';

/** A package with a page that draws with it. */
export interface Subject {
  readonly name: string;
  /** Folder of the page, and of the dependencies it is built with. */
  readonly folder: string;
  /** The page's module in it. */
  readonly page: string;
  readonly zoom: ZoomGesture;
}

export const OURS: Subject = {
  name: '@hyperflame/react',
  folder: join(root, 'bench/render/page'),
  page: 'hyperflame.tsx',
  zoom: 'click',
};

const peer = (name: string, folder: string, page: string, zoom: ZoomGesture = 'click') => ({
  name,
  folder: join(root, 'bench/peers', folder),
  page,
  zoom,
});

export const PEERS: readonly Subject[] = [
  peer('@elastic/charts', 'elastic-charts', 'page.jsx'),
  peer('@grafana/flamegraph', 'grafana-flamegraph', 'page.jsx', 'click, then menu'),
  peer('flame-chart-js', 'flame-chart-js', 'page.js', 'wheel'),
  peer('react-flame-graph', 'react-flame-graph', 'page.jsx'),
  peer('@pyroscope/flamegraph', 'pyroscope-flamegraph', 'page.jsx'),
  peer('d3-flame-graph', 'd3-flame-graph', 'page.js'),
  peer('react-pprof', 'react-pprof', 'page.jsx'),
];

function readJson(path: string) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * Brings in what a peer's page is built with, into its own folder.
 *
 * @throws PlainError with npm's reason
 */
export async function installPeer({ folder }: Subject): Promise<void> {
  const lock = readJson(join(folder, 'package-lock.json'));
  if (!lock) throw new PlainError('no lockfile: it could not be installed when this was written');
  const installed = readJson(join(folder, 'node_modules/.package-lock.json'));
  if (outdated(lock, installed).length === 0) return;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const { code, output } = await attempt('npm', ['ci', ...flags], { cwd: folder });
  if (code !== 0) throw new PlainError(npmReason(output));
}

/** The first lines with which npm says why it failed. */
export function npmReason(output: string): string {
  const lines = output
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
    .filter((line) => line !== '' && !/^(A complete log|For a full report)/.test(line));
  return lines.slice(0, 2).join('; ') || 'npm did not say why';
}

/** Version of a package that a page is built with. */
export function versionOf({ name, folder }: Subject): string {
  const own = readJson(join(folder, 'node_modules', name, 'package.json'));
  return own?.version ?? readJson(join(root, 'node_modules', name, 'package.json'))?.version ?? '?';
}

// Storybook as plain files, built from what lies here now.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainError } from '../lib/program.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/say.mjs';
import { serveFolder } from '../lib/static-server.mjs';

/**
 * @typedef {object} Story
 * @property {string} id
 * @property {string} title
 * @property {string} name
 *
 * @typedef {object} Storybook
 * @property {string} url ends in a slash
 * @property {Story[]} stories
 * @property {() => void} close
 */

/**
 * Builds all stories and serves them.
 *
 * @param {string} [only] part of the ids of those that are wanted
 * @returns {Promise<Storybook>}
 */
export async function openStorybook(only = '') {
  const folder = mkdtempSync(join(tmpdir(), 'hyperflame-stories-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await step('Building the stories', () =>
    run('storybook', ['build', '--test', '--quiet', '--output-dir', folder]),
  );
  /** @type {{ entries: Record<string, Story & { type: string }> }} */
  const { entries } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  const stories = Object.values(entries).filter(
    ({ type, id }) => type === 'story' && id.includes(only) && !isDarkTwin(id, entries),
  );
  if (stories.length === 0) throw new PlainError(`No story has '${only}' in its id.`);
  const server = await serveFolder(folder);
  return {
    url: server.url,
    stories,
    close: server.close,
  };
}

/**
 * The same story on a dark page: each is looked at in every scheme anyway.
 *
 * @param {string} id
 * @param {Record<string, unknown>} entries
 */
function isDarkTwin(id, entries) {
  return id.endsWith('-dark') && id.slice(0, -'-dark'.length) in entries;
}

// Goes through all stories, on several pages at a time.
import { availableParallelism } from 'node:os';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS, findChromium, LEFT_OUT_FLAGS } from '../lib/chromium.mjs';
import { say } from '../lib/say.mjs';
import { openStorybook } from './storybook.mjs';
import { StoryPage } from './story-page.mjs';

/** A page keeps something of every story it has shown, so it is changed now and then. */
const STORIES_A_PAGE = 40;

/**
 * @typedef {object} Result
 * @property {string} story
 * @property {string} check
 * @property {boolean} ok
 * @property {string} detail
 *
 * @callback Work what to check of a story
 * @param {StoryPage} page which does not show it yet
 * @param {import('./storybook.mjs').Story} story
 * @param {(check: string, problems: string[]) => void} record no problems: passed
 * @returns {Promise<void>} anything thrown is a failure of the story
 */

/**
 * @param {Work} work
 * @param {string} [only] part of the ids of the stories that are wanted
 * @returns {Promise<Result[]>}
 */
export async function eachStory(work, only) {
  const storybook = await openStorybook(only);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    ignoreDefaultArgs: LEFT_OUT_FLAGS,
  });
  /** @type {Result[]} */
  const results = [];
  const waiting = [...storybook.stories];
  const goThrough = async () => {
    let page = await StoryPage.open(browser, storybook.url);
    for (let shown = 1, story = waiting.shift(); story; shown++, story = waiting.shift()) {
      const { id } = story;
      const record = (/** @type {string} */ check, /** @type {string[]} */ problems) => {
        const ok = problems.length === 0;
        results.push({ story: id, check, ok, detail: problems.join('\n  ') });
        if (!ok) say(`✗ ${id}, ${check}:\n  ${problems.join('\n  ')}`);
      };
      try {
        await work(page, story, record);
      } catch (error) {
        record('shown', [error instanceof Error ? error.message : String(error)]);
        shown = STORIES_A_PAGE;
      }
      if (shown % STORIES_A_PAGE === 0) {
        await page.page.close();
        page = await StoryPage.open(browser, storybook.url);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, goThrough));
  } finally {
    await browser.close();
    storybook.close();
  }
  return results;
}

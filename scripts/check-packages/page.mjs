// A page built by Vite, served as plain files, opened in a real Chromium.
import { join } from 'node:path';
import { build } from 'vite';
import { PlainError } from '../lib/program.mjs';
import { serveFolder } from '../lib/static-server.mjs';

/**
 * Builds the page in `folder` and opens it; resolves with what its promise `window.used` gives.
 *
 * @param {string} folder
 * @param {import('playwright').Browser} browser
 * @returns {Promise<string>}
 * @throws {PlainError} with what the page wrote to its console, when anything went wrong
 */
export async function openBuiltPage(folder, browser) {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: { outDir: 'built', target: 'es2022', chunkSizeWarningLimit: Infinity },
  });
  const server = await serveFolder(join(folder, 'built'));
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => 'used' in window);
    const used = await page.evaluate(() => /** @type {any} */ (window).used);
    if (complaints.length > 0) throw new PlainError(complaints.join('\n'));
    return used;
  } catch (error) {
    throw new PlainError([error, ...complaints].join('\n'));
  } finally {
    await page.close();
    server.close();
  }
}

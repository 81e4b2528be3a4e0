// A page built by Vite, served as plain files, opened in a real Chromium.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { build } from 'vite';
import { PlainError } from '../lib/program.mjs';

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

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
    worker: { format: 'es' },
  });
  const server = await serve(join(folder, 'built'));
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

/**
 * @param {string} folder
 * @returns {Promise<{ url: string, close: () => void }>}
 */
function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname === '/' ? 'index.html' : pathname);
    // Browsers ask for an icon unasked; its absence is not the page's fault.
    if (pathname === '/favicon.ico') return void response.writeHead(204).end();
    try {
      const content = await readFile(file);
      response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      resolve({ url: `http://127.0.0.1:${port}/`, close: () => server.close() });
    });
  });
}

// A browser page that shows one story after the other without loading anew.
import { PlainError } from '../lib/program.mjs';
import { recordPainting } from './painting.mjs';

/** The longest play function takes a few seconds; a machine under load takes its time. */
const PATIENCE_MS = 60_000;

/** @typedef {'light' | 'dark' | 'forced'} Scheme */

/** Nothing has been changed in the page for a while: answers that were asked for have come. */
const quiet = () =>
  new Promise((resolve) => {
    const still = () => {
      observer.disconnect();
      resolve(undefined);
    };
    let timer = setTimeout(still, 100);
    const end = Date.now() + 3000;
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      if (Date.now() > end) still();
      else timer = setTimeout(still, 100);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });

/** Everything a person sees has settled: fonts, frames, and the paint after them. */
const settled = () =>
  document.fonts.ready.then(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0))),
      ),
  );

export class StoryPage {
  /** What the page has complained of since the story was shown. */
  #complaints = /** @type {string[]} */ ([]);

  /** @param {import('playwright').Page} page */
  constructor(page) {
    this.page = page;
    page.on('pageerror', (error) => this.#complaints.push(String(error)));
  }

  /**
   * @param {import('playwright').Browser} browser
   * @param {string} url of the storybook
   */
  static async open(browser, url) {
    const page = await browser.newPage({
      reducedMotion: 'reduce',
      colorScheme: 'light',
      viewport: { width: 1200, height: 800 },
    });
    await page.addInitScript(recordPainting);
    // Storybook's own run of axe over each story that is shown would take a quarter of the time.
    await page.goto(`${url}iframe.html?id=none--none&viewMode=story&globals=a11y.manual:!true`);
    await page.waitForFunction(() => '__STORYBOOK_ADDONS_CHANNEL__' in window);
    // A page that has never seen a mouse has no pointer that could be captured.
    await page.mouse.move(1199, 799);
    return new StoryPage(page);
  }

  /**
   * Shows a story as if it were the first, up to the end of its play function.
   *
   * @param {string} id
   * @throws {PlainError} with what went wrong in it
   */
  async show(id) {
    this.#complaints = [];
    await this.scheme('light');
    const ended = await this.page.evaluate(
      async ([id, patience]) => {
        const channel = /** @type {any} */ (window).__STORYBOOK_ADDONS_CHANNEL__;
        const failures = [
          'storyErrored',
          'storyThrewException',
          'storyMissing',
          'playFunctionThrewException',
        ];
        return new Promise((resolve) => {
          /** @type {[string, (payload: any) => void][]} */
          const listeners = [];
          const end = (/** @type {string} */ text) => {
            for (const [name, listener] of listeners) channel.off(name, listener);
            resolve(text);
          };
          const listen = (
            /** @type {string} */ name,
            /** @type {(payload: any) => void} */ listener,
          ) => {
            listeners.push([name, listener]);
            channel.on(name, listener);
          };
          listen('storyFinished', (payload) => {
            if (payload.storyId !== id) return;
            const failed = (payload.reporters ?? []).filter(
              (/** @type {any} */ { status }) => status === 'failed',
            );
            const rules = failed.flatMap((/** @type {any} */ { result }) =>
              (result?.violations ?? []).map(
                (/** @type {any} */ { id: rule, nodes }) =>
                  `${rule} at ${nodes.flatMap((/** @type {any} */ node) => node.target)}`,
              ),
            );
            end(payload.status === 'error' ? `its own checks failed ${rules}` : '');
          });
          for (const name of failures) {
            listen(name, (payload) => end(payload?.message ?? payload?.description ?? name));
          }
          setTimeout(() => end('it did not finish'), Number(patience));
          const shown = new URL(location.href).searchParams.get('id') === id;
          channel.emit(shown ? 'forceRemount' : 'setCurrentStory', {
            storyId: id,
            viewMode: 'story',
          });
        });
      },
      [id, PATIENCE_MS],
    );
    await this.page.evaluate(quiet);
    await this.page.evaluate(settled);
    const complaints = [...(ended ? [ended] : []), ...this.#complaints];
    if (complaints.length > 0) throw new PlainError(complaints.join('; '));
  }

  /**
   * Light and dark as a host page says them, by its attribute; forced colours as the system does.
   *
   * @param {Scheme} scheme
   */
  async scheme(scheme) {
    await this.page.emulateMedia({ forcedColors: scheme === 'forced' ? 'active' : 'none' });
    await this.page.evaluate((isDark) => {
      const theme = isDark ? 'dark' : 'light';
      document.documentElement.dataset.mantineColorScheme = theme;
      document.documentElement.style.colorScheme = theme;
      document.body.style.background = isDark ? '#16181d' : '#ffffff';
    }, scheme === 'dark');
    await this.page.evaluate(settled);
  }

  /** @param {number} width of the window */
  async resize(width) {
    await this.page.setViewportSize({ width, height: 800 });
    await this.page.evaluate(settled);
  }

  /** @returns {Promise<Buffer>} a PNG of what is in the window */
  picture() {
    return this.page.screenshot({ animations: 'disabled', caret: 'hide' });
  }
}

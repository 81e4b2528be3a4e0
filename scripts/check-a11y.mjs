// npm run check:a11y: axe looks at every story in light, in dark and in forced colours, in the state
// that its play function leaves it in. `--only TEXT` takes the stories with that in their id,
// `--json FILE` writes the results.
import { createRequire } from 'node:module';
import { program } from './lib/program.mjs';
import { eachStory } from './stories/each-story.mjs';
import { options, report } from './stories/report.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What a page must have, which a component cannot bring: one main landmark, one first heading. */
const RULES_OF_PAGES = ['region', 'landmark-one-main', 'page-has-heading-one', 'bypass'];

/** @param {import('playwright').Page} page */
async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ path: AXE });
  return page.evaluate(async (disabled) => {
    /** @type {typeof import('axe-core')} */
    const axe = /** @type {any} */ (window).axe;
    const { violations, passes } = await axe.run(document.body, {
      resultTypes: ['violations'],
      rules: Object.fromEntries(disabled.map((rule) => [rule, { enabled: false }])),
    });
    if (passes.length === 0) return ['axe found nothing to look at'];
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).slice(0, 3)})`,
    );
  }, RULES_OF_PAGES);
}

await program(import.meta, async () => {
  const { json, only } = options();
  const results = await eachStory(async (story, { id }, record) => {
    await story.show(id);
    for (const scheme of /** @type {const} */ (['light', 'dark', 'forced'])) {
      await story.scheme(scheme);
      record(scheme, await violations(story.page));
    }
  }, only);
  report(results, json);
});

// npm run check:visual: how every story looks, by what must hold on any machine.
//
//   same        shown a second time, it has the same pixels
//   painted     its canvas is not blank, and texts on it stay inside their rectangles, readable;
//               nothing has a scroll bar with nothing to scroll
//   dark        in the dark scheme it looks different, and what is on canvas can be read
//   narrow      at 300 px nothing sticks out, is cut off, or makes the page scroll sideways
//
// `--keep FOLDER` writes a picture of each story in light, in dark and at 300 px; `--against FOLDER`
// fails for those that have changed since. `--only TEXT`, `--json FILE`.
import { program } from './lib/program.mjs';
import { eachStory } from './stories/each-story.mjs';
import { blankCanvases, idleBarProblems, outlineProblems } from './stories/outline.mjs';
import { paintingProblems } from './stories/painting.mjs';
import { difference, keepPicture, keptPicture } from './stories/pictures.mjs';
import { options, report } from './stories/report.mjs';

const NARROW = 300;
const WIDE = 1200;

/** WCAG AA for text of this size. */
const LEAST_CONTRAST = 4.5;

await program(import.meta, async () => {
  const { json, only, keep, against } = options({
    keep: { type: 'string' },
    against: { type: 'string' },
  });
  let textsOnCanvas = 0;

  const results = await eachStory(async (story, { id }, record) => {
    const { page } = story;
    const painting = async () => {
      const { texts, problems } = await page.evaluate(paintingProblems, LEAST_CONTRAST);
      textsOnCanvas += texts;
      return [...(await page.evaluate(blankCanvases)), ...problems];
    };
    await story.resize(WIDE);
    // Whichever scheme the story is about: each is looked at in both.
    await story.show(id);
    await story.scheme('light');
    const light = await story.picture();
    record('painted', [...(await idleBarProblems(page)), ...(await painting())]);

    await story.scheme('dark');
    const dark = await story.picture();
    const ownScheme = await page.locator('[data-hyperflame][data-color-scheme]').count();
    record('dark', [
      ...(ownScheme === 0 && dark.equals(light) ? ['it looks as it does in light'] : []),
      ...(await painting()),
    ]);
    await story.scheme('light');

    await story.resize(NARROW);
    const narrow = await story.picture();
    record('narrow', [
      ...(await page.evaluate(outlineProblems)),
      ...(await idleBarProblems(page)),
      ...(await painting()),
    ]);
    await story.resize(WIDE);

    await story.show(id);
    await story.scheme('light');
    const changed = await difference(page, light, await story.picture());
    record('same', changed ? [changed] : []);

    for (const [look, picture] of Object.entries({ light, dark, narrow })) {
      const name = `${id}.${look}`;
      if (keep) keepPicture(keep, name, picture);
      const before = against === undefined ? undefined : keptPicture(against, name);
      if (against === undefined || !before) continue;
      const since = await difference(page, before, picture);
      record(`${look} as before`, since ? [since] : []);
    }
  }, only);

  // Were they painted in a way that is not seen here, every check of texts would pass.
  if (!only) {
    const ok = textsOnCanvas > 0;
    results.push({ story: 'all', check: 'texts on canvas are seen', ok, detail: '' });
  }
  report(results, json);
});

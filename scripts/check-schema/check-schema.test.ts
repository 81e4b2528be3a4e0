import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChecks, type Checks } from './checks.ts';
import { earlierVersions, hadRollups } from './history.ts';

/** Of the earlier versions the newest, and the newest without rollups; `npm run check:schema` has all. */
const EARLIER = [
  earlierVersions().findLast((version) => !hadRollups(version)),
  earlierVersions().at(-1),
];

const NAMES = [
  'Migrations twice, and again over samples',
  'The same answers from samples as from rollups',
  ...EARLIER.map((version) => `Upgrade from version ${version}, with backfill`),
  'Under goose, again and again',
  'On two nodes, asked on either',
];

let all: Checks;
beforeAll(async () => {
  all = await openChecks({ samples: 1_000 });
});
afterAll(() => all?.stop());

describe('the schema', () => {
  // Two more servers have to start, and many questions are asked of each.
  it.each(NAMES)('%s', async (name) => {
    const check = all.checks.find((one) => one.name === name);
    const { compared = 0, differences } = (await check?.run()) ?? {};
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});

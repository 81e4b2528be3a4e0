// What the components would show: the third of the three counts that `npm run check:truth`
// compares. Asked of the SDK span by span, as a panel does, and summed by the call tree.
import { buildCallTree, functionTable } from '@hyperflame/calltree';
import { createProfiles } from '@hyperflame/sdk';
import { Counts, functionName, scopesOf } from './counts.mjs';

/** Questions under way at the same time. */
const AT_ONCE = 4;

/** More than any run has. */
const MAX_STACKS = 200_000;

/**
 * @param {import('@hyperflame/sdk').ProfileClient} client
 * @param {string} database
 * @param {readonly { traceId: string, spanId: string }[]} spans
 * @returns {Promise<Counts>}
 */
export async function countAnswers(client, database, spans) {
  const profiles = createProfiles({ client, database });
  const counts = new Counts();
  const { items: types } = await profiles.profileTypes({});
  const questions = types.flatMap(({ profileType }) => [
    { profileType, traceId: '', spanId: '' },
    ...spans.map((span) => ({ profileType, ...span })),
  ]);
  const next = questions.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const question of next) await count(profiles, counts, question);
    }),
  );
  return counts;
}

/**
 * @param {import('@hyperflame/sdk').Profiles} profiles
 * @param {Counts} counts
 * @param {{ profileType: string, traceId: string, spanId: string }} question
 */
async function count(profiles, counts, { profileType, traceId, spanId }) {
  // Stacks that are left out would be missing from the functions, and so be found.
  const { stacks } = await profiles.flamegraph({
    profileType,
    maxStacks: MAX_STACKS,
    ...(spanId === '' ? {} : { traceId, spanId }),
  });
  const table = functionTable(buildCallTree(stacks));
  if (table.wholeCount === 0) return;
  const scope = scopesOf({ profileType, traceId, spanId }).at(-1) ?? '';
  counts.addWhole(scope, BigInt(table.wholeTotal), BigInt(table.wholeCount));
  const { strings, name, file, mapping, address } = table.frames;
  for (let row = 0; row < table.length; row++) {
    const frame = table.frame[row];
    const known = strings[name[frame]] !== '';
    counts.addFunction(
      scope,
      functionName({
        name: strings[name[frame]],
        file: known ? strings[file[frame]] : '',
        mapping: strings[mapping[frame]],
        address: known ? 0n : address[frame],
      }),
      {
        self: BigInt(table.self[row]),
        selfCount: BigInt(table.selfCount[row]),
        total: BigInt(table.total[row]),
        totalCount: BigInt(table.totalCount[row]),
      },
    );
  }
}

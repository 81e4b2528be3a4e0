// The three counts of one run, compared.
import { setTimeout as sleep } from 'node:timers/promises';
import { fromClickHouseWeb } from '@hyperflame/sdk';
import { countAnswers } from './answered.mjs';
import { compare } from './counts.mjs';
import { countRows } from './landed.mjs';
import { countPayloads } from './sent.mjs';

/** The names of the three counts, in the order of every difference's values. */
export const SOURCES = ['sent', 'landed', 'answered'];

/** When nothing has landed for so long, nothing more is coming. */
const QUIET_MS = 10_000;

/**
 * @typedef {object} Truth
 * @property {number} spans that the shop sent; those without samples must have none anywhere
 * @property {number} spansWithSamples
 * @property {number} samples over all profile types
 * @property {number} functions distinct ones
 * @property {number} compared how many numbers were held against each other
 * @property {import('./counts.mjs').Difference[]} differences
 */

/**
 * Compares what was sent with what landed and with what the SDK answers.
 *
 * @param {object} run
 * @param {string} run.folder where the sent payloads were saved
 * @param {import('@clickhouse/client').ClickHouseClient} run.client
 * @param {string} run.database
 * @returns {Promise<Truth>}
 */
export async function checkTruth({ folder, client, database }) {
  const { counts: sent, spans } = countPayloads(folder);
  await untilLanded(client, samplesIn(sent));
  const landed = await countRows(client);
  const answered = await countAnswers(fromClickHouseWeb(client), database, spans);
  const { compared, differences } = compare([sent, landed, answered]);
  const scopes = [...sent.scopes];
  return {
    spans: spans.length,
    spansWithSamples: new Set(
      scopes.flatMap(([scope]) => scope.match(/ span (\w+)$/)?.slice(1) ?? []),
    ).size,
    samples: Number(samplesIn(sent)),
    functions: new Set(scopes.flatMap(([, { functions }]) => [...functions.keys()])).size,
    compared,
    differences,
  };
}

/** @param {import('./counts.mjs').Counts} counts */
function samplesIn(counts) {
  return [...counts.scopes]
    .filter(([scope]) => scope.endsWith(' all samples'))
    .reduce((sum, [, { count }]) => sum + count, 0n);
}

/**
 * Waits while rows still arrive. Whether they are the right ones is not judged here.
 *
 * @param {import('@clickhouse/client').ClickHouseClient} client
 * @param {bigint} expected samples
 */
async function untilLanded(client, expected) {
  let seen = -1n;
  let since = Date.now();
  while (seen < expected && Date.now() - since < QUIET_MS) {
    const result = await client.query({
      query: 'SELECT toString(sum(Count)) AS samples FROM otel_profiles',
      format: 'JSONEachRow',
    });
    const [{ samples }] = /** @type {{ samples: string }[]} */ (await result.json());
    if (BigInt(samples) !== seen) since = Date.now();
    seen = BigInt(samples);
    if (seen < expected) await sleep(250);
  }
}

// A use of @hyperflame/ingest: the bundled migrations and Collector configs, and a pprof file turned
// into OTLP. Files are Node's; the OTLP messages alone are for browsers as well.
import assert from './assert.mjs';

/**
 * The smallest pprof file with something in it: five samples in `main`.
 *
 * @returns {Uint8Array}
 */
function pprof() {
  const field = (/** @type {number} */ tag, /** @type {number[]} */ bytes) => [
    tag,
    bytes.length,
    ...bytes,
  ];
  const text = (/** @type {string} */ value) => field(0x32, [...new TextEncoder().encode(value)]);
  const sampleType = field(0x0a, [0x08, 1, 0x10, 2]);
  const sample = field(0x12, [0x08, 1, 0x10, 5]);
  const location = field(0x22, [0x08, 1, ...field(0x22, [0x08, 1])]);
  const functionMain = field(0x2a, [0x08, 1, 0x10, 3]);
  const strings = ['', 'samples', 'count', 'main'].flatMap(text);
  return Uint8Array.from([...sampleType, ...sample, ...location, ...functionMain, ...strings]);
}

/** @type {import('./consumer.d.ts').Use} */
export async function use(load, { browser }) {
  const { decodeProfiles, encodeProfiles, pprofToOtlp } = await load('@hyperflame/ingest/otlp');
  const bytes = encodeProfiles(pprofToOtlp(pprof()));
  assert.ok(
    decodeProfiles(bytes).dictionary.stringTable.includes('main'),
    'The function of the pprof file is not in the OTLP',
  );
  if (browser) return `${bytes.length} bytes of OTLP from pprof`;

  const { collectorConfig, migrations, TOPOLOGIES } = await load('@hyperflame/ingest');
  const names = migrations().map((/** @type {{ name: string }} */ { name }) => name);
  assert.ok(
    names.some((/** @type {string} */ name) => name.endsWith('otel_profiles')),
    `No migration of otel_profiles among: ${names.join(', ')}`,
  );
  const topologies = Object.keys(TOPOLOGIES);
  for (const topology of topologies) {
    assert.ok(collectorConfig(topology).includes('receivers'), `No receivers for ${topology}`);
  }
  return `${names.length} migrations, ${topologies.length} Collector configs, ${bytes.length} bytes of OTLP`;
}

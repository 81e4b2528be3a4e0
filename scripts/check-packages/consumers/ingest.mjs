// A use of @hyperflame/ingest: the bundled migrations, and a profile written and read back. Files are
// Node's; the OTLP messages alone are for browsers as well.
import assert from './assert.mjs';

/** @type {import('./consumer.d.ts').Use} */
export async function use(load, { browser }) {
  const otlp = await load('@hyperflame/ingest/otlp');
  const dictionary = { stringTable: ['', 'samples', 'count'] };
  const bytes = otlp.encodeProfiles({
    $typeName: 'opentelemetry.proto.profiles.v1development.ProfilesData',
    resourceProfiles: [],
    dictionary,
  });
  assert.equal(otlp.decodeProfiles(bytes).dictionary.stringTable[1], 'samples');
  if (browser) return `${bytes.length} bytes of OTLP, there and back`;

  const { migrations } = await load('@hyperflame/ingest');
  const names = migrations().map((/** @type {{ name: string }} */ { name }) => name);
  assert.ok(
    names.some((/** @type {string} */ name) => name.includes('otel_profiles')),
    `No migration of ours among ${names.join(', ')}`,
  );
  return `${names.length} migrations, ${bytes.length} bytes of OTLP`;
}

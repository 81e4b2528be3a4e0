import { create } from '@bufbuild/protobuf';
import {
  DictionaryBuilder,
  encodeProfiles,
  keyValues,
  ProfilesDataSchema,
} from '@hyperflame/ingest/otlp';
import { postOtlp } from './send.ts';
import type { SharedStack } from './stack.ts';

export const SECONDS = 60;
/** Seconds that are collected as one: times that are picked begin and end within. */
const COLLECTED = 8;
const EVENT_NANOS = 10_000_000n;

interface Frame {
  readonly name: string;
  readonly file?: string;
  readonly mapping?: string;
  readonly kind: string;
}

const main: Frame = { name: 'main', file: 'app.py', kind: 'cpython' };
const handle: Frame = { name: 'handle', file: 'app.py', kind: 'cpython' };
const hash: Frame = { name: 'hash', mapping: '/lib/libcrypto.so', kind: 'native' };
const read: Frame = { name: 'read', mapping: '/lib/libc.so.6', kind: 'native' };

/**
 * Stacks, root first, with how often each is seen in a second. `hash` has three places: it is called
 * by two functions, and by itself.
 */
const STACKS: readonly { frames: readonly Frame[]; events: (second: number) => number }[] = [
  { frames: [main, handle, hash], events: (second) => 1 + (second % 3) },
  { frames: [main, handle, hash, hash], events: (second) => (second % 2 === 0 ? 1 : 0) },
  { frames: [main, handle, hash, read], events: (second) => (second > 40 ? 2 : 0) },
  { frames: [main, hash], events: (second) => (second % 10 === 3 ? 4 : 0) },
  { frames: [read], events: (second) => (second % 4 === 1 ? 1 : 0) },
];

/** Which thread a stack was seen on: now this, now that, and now and then nobody knows. */
const THREADS = ['main', 'io', undefined];

/** A minute of a service's CPU profiles. Tells how many samples it has sent. */
export async function sendKnownMinute(
  stack: SharedStack,
  service: string,
  from: Date,
): Promise<number> {
  const resource = { attributes: keyValues({ 'service.name': service }) };
  const dictionary = new DictionaryBuilder();
  const locationOf = ({ name, file, mapping, kind }: Frame): number =>
    dictionary.locationIndex({
      lines: [{ functionIndex: dictionary.functionIndex({ name, filename: file }), line: 7n }],
      mappingIndex: mapping === undefined ? 0 : dictionary.mappingIndex({ filename: mapping }),
      attributeIndices: dictionary.attributeIndices({ 'profile.frame.type': kind }),
    });
  const threadOf = (name: string | undefined): number[] =>
    name === undefined ? [] : dictionary.attributeIndices({ 'thread.name': name });
  const startOf = (second: number) => BigInt(from.getTime() + second * 1000) * 1_000_000n;
  const samplesOf = (second: number) =>
    STACKS.map(({ frames, events }, i) => ({ frames, i, count: events(second) }))
      .filter(({ count }) => count > 0)
      .map(({ frames, i, count }) => ({
        stackIndex: dictionary.stackIndex(frames.map(locationOf).reverse()),
        values: [BigInt(count) * EVENT_NANOS],
        attributeIndices: threadOf(THREADS[(second + i) % THREADS.length]),
        timestampsUnixNano: Array.from(
          { length: count },
          (_, event) => startOf(second) + BigInt(100 * i + 20 * event) * 1_000_000n,
        ),
      }));
  const profiles = Array.from({ length: Math.ceil(SECONDS / COLLECTED) }, (_, i) => {
    const first = i * COLLECTED;
    const length = Math.min(COLLECTED, SECONDS - first);
    return {
      sampleType: dictionary.valueType('cpu', 'nanoseconds'),
      periodType: dictionary.valueType('cpu', 'nanoseconds'),
      period: EVENT_NANOS,
      timeUnixNano: startOf(first),
      durationNano: BigInt(length) * 1_000_000_000n,
      samples: Array.from({ length }, (_, second) => samplesOf(first + second)).flat(),
    };
  });
  const payload = create(ProfilesDataSchema, {
    resourceProfiles: [{ resource, scopeProfiles: [{ profiles }] }],
    dictionary: dictionary.build(),
  });
  const answer = await postOtlp(stack, '/v1development/profiles', encodeProfiles(payload));
  if (!answer.ok) throw new Error(`The Collector answered ${answer.status}.`);
  return profiles
    .flatMap(({ samples }) => samples)
    .reduce((sum, { timestampsUnixNano }) => sum + timestampsUnixNano.length, 0);
}

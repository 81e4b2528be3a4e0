import { StackTableBuilder, type StackTable } from '@hyperflame/calltree';

/** The same sequence of numbers in [0, 1) for the same seed. Source: Mulberry32, in the public domain. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PACKAGES = ['checkout', 'cart', 'search', 'render', 'store', 'codec', 'net', 'auth'];
const VERBS = ['handle', 'encode', 'resolve', 'flush', 'compare', 'read', 'merge', 'schedule'];
const NOUNS = ['Request', 'Buffer', 'Index', 'Session', 'Template', 'Query', 'Batch', 'Token'];

/** How many functions a function calls: mostly one or two, seldom a dozen. */
const CALLEES = [1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 12];
const LONGEST_STACK = 120;
const TRUNK = 18;

/**
 * A profile whose call tree has as many nodes as asked for (and up to a stack's length more).
 *
 * It is a program at random, sampled until it has shown enough of itself: each function calls a few
 * others, the first of them most, and where a walk down from `main` ends, a sample was taken. So
 * weights are as uneven as in life: of 500 000 nodes, some thousands are wide enough to be seen.
 */
export function makeProfile(nodes: number, seed = 1): StackTable {
  const random = randomFrom(seed);
  const functions = Math.max(500, Math.round(nodes / 40));
  const builder = new StackTableBuilder({ unit: 'nanoseconds' });
  const frame = Array.from({ length: functions }, (_, f) => {
    const owner = PACKAGES[f % PACKAGES.length];
    const verb = VERBS[Math.floor(random() * VERBS.length)];
    const noun = NOUNS[Math.floor(random() * NOUNS.length)];
    return builder.addFrame({
      name: `${verb}${noun}${f}`,
      file: `/srv/shop/node_modules/${owner}-${f % 97}/lib/${noun.toLowerCase()}.js`,
      line: 1 + (f % 900),
      kind: 'v8js',
    });
  });
  // Callees of function f, later ones mostly: calls go down through the layers of a program.
  const callees = Array.from({ length: functions }, (_, f) =>
    Array.from({ length: CALLEES[Math.floor(random() * CALLEES.length)] }, () =>
      random() < 0.9
        ? Math.floor(f + 1 + (functions - f - 1) * random() ** 3) % functions
        : Math.floor(random() * functions),
    ),
  );

  // Which functions have been seen where, to know how many nodes the tree will have, and which
  // stacks are new.
  const children: Map<number, number>[] = [new Map()];
  const stackOf: (number | undefined)[] = [];
  const paths: { readonly frames: number[]; samples: number }[] = [];
  while (children.length < nodes) {
    const path: number[] = [];
    let at = 0;
    let f = Math.floor(4 * random() ** 2);
    // The runtime and the framework, which nearly all samples share, then the work, which ends
    // somewhere.
    while (path.length < LONGEST_STACK && (path.length < TRUNK || random() > 0.11)) {
      path.push(f);
      let next = children[at].get(f);
      if (next === undefined) {
        next = children.push(new Map()) - 1;
        children[at].set(f, next);
      }
      at = next;
      const choice = callees[f];
      const isTrunk = path.length < TRUNK && random() < 0.9;
      f = choice[isTrunk ? 0 : Math.floor(choice.length * random() ** 2.5)];
    }
    const known = stackOf[at];
    if (known === undefined) stackOf[at] = paths.push({ frames: path, samples: 1 }) - 1;
    else paths[known].samples++;
  }
  for (const { frames, samples } of paths) {
    builder.addStack(
      frames.map((f) => frame[f]),
      samples * 10_000_000,
      samples,
    );
  }
  return builder.build();
}

/**
 * One function with as many callees as asked for, each of them the leaf of a stack of its own. Columns
 * at once: a builder would look each name up, which is no part of what is measured.
 *
 *     main 3 → f1 1
 *            → f2 2
 */
export function makeFan(callees: number): StackTable {
  const random = randomFrom(callees);
  const frames = callees + 1;
  const column = () => new Uint32Array(frames);
  const index = Uint32Array.from({ length: 2 * callees }, (_, i) =>
    i % 2 === 0 ? 0 : (i + 1) / 2,
  );
  return {
    frames: {
      length: frames,
      strings: ['', 'main', ...Array.from({ length: callees }, (_, i) => `f${i + 1}`)],
      name: Uint32Array.from({ length: frames }, (_, i) => i + 1),
      file: column(),
      mapping: column(),
      line: column(),
      kind: new Uint8Array(frames),
      address: new BigUint64Array(frames),
    },
    stackOffset: Uint32Array.from({ length: callees + 1 }, (_, i) => 2 * i),
    frameIndex: index,
    weight: Float64Array.from({ length: callees }, () => 1 + Math.floor(1000 * random())),
    count: new Float64Array(callees).fill(1),
    unit: 'count',
    otherWeight: 0,
    otherCount: 0,
  };
}

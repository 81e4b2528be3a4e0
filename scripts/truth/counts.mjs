// Samples and weights by span and function, in a form that counts from three sources share.

/**
 * A frame, by what makes two frames one function.
 *
 * @typedef {{ name: string, file: string, mapping: string, address: bigint }} CountedFrame
 */

/**
 * One stack of one span, with what was sampled there.
 *
 * @typedef {object} CountedStack
 * @property {string} profileType
 * @property {string} traceId empty for samples without a span
 * @property {string} spanId
 * @property {string[]} functions leaf first, as {@link functionName} writes them
 * @property {bigint} value
 * @property {bigint} count
 */

/** @typedef {{ self: bigint, selfCount: bigint, total: bigint, totalCount: bigint }} FunctionCounts */

/** @typedef {{ value: bigint, count: bigint, functions: Map<string, FunctionCounts> }} ScopeCounts */

/**
 * A function's identity as text. Without a symbol there is only the place in a binary.
 *
 * @param {CountedFrame} frame
 */
export function functionName({ name, file, mapping, address }) {
  return name === '' ? `${mapping} 0x${address.toString(16)}` : `${name} (${file}) ${mapping}`;
}

/**
 * What a sample counts for: all samples of its profile type, and its span if it has one.
 *
 * @param {{ profileType: string, traceId: string, spanId: string }} sample
 */
export function scopesOf({ profileType, traceId, spanId }) {
  const all = `${profileType} all samples`;
  return spanId === '' ? [all] : [all, `${profileType} trace ${traceId} span ${spanId}`];
}

/** Sums by scope, and in each scope by function. */
export class Counts {
  /** @type {Map<string, ScopeCounts>} */
  scopes = new Map();

  /**
   * @param {string} scope from {@link scopesOf}
   * @param {bigint} value
   * @param {bigint} count
   */
  addWhole(scope, value, count) {
    const counts = this.#scope(scope);
    counts.value += value;
    counts.count += count;
  }

  /**
   * @param {string} scope
   * @param {string} name from {@link functionName}
   * @param {FunctionCounts} more
   */
  addFunction(scope, name, more) {
    const { functions } = this.#scope(scope);
    const sums = functions.get(name) ?? { self: 0n, selfCount: 0n, total: 0n, totalCount: 0n };
    sums.self += more.self;
    sums.selfCount += more.selfCount;
    sums.total += more.total;
    sums.totalCount += more.totalCount;
    functions.set(name, sums);
  }

  /**
   * A recursive function counts once for a stack: [sort, sort, main] adds to sort's total once.
   *
   * @param {CountedStack} stack
   */
  addStack({ functions, value, count, ...sample }) {
    for (const scope of scopesOf(sample)) {
      this.addWhole(scope, value, count);
      for (const name of new Set(functions)) {
        const isLeaf = name === functions[0];
        this.addFunction(scope, name, {
          self: isLeaf ? value : 0n,
          selfCount: isLeaf ? count : 0n,
          total: value,
          totalCount: count,
        });
      }
    }
  }

  /** @param {string} scope */
  #scope(scope) {
    let counts = this.scopes.get(scope);
    if (counts === undefined) {
      counts = { value: 0n, count: 0n, functions: new Map() };
      this.scopes.set(scope, counts);
    }
    return counts;
  }
}

/**
 * @typedef {object} Difference
 * @property {string} scope
 * @property {string} figure which number, e.g. `hashBlock (src/shop/sign-in/sha256.ts)  total`
 * @property {string[]} values one for each source, in their order
 */

/**
 * Every number that is not the same in all sources. What a source does not have counts as 0 there.
 *
 * @param {readonly Counts[]} sources
 * @returns {{ compared: number, differences: Difference[] }}
 */
export function compare(sources) {
  /** @type {Difference[]} */
  const found = [];
  let compared = 0;
  for (const scope of keysOf(sources.map((source) => source.scopes))) {
    const own = sources.map((source) => source.scopes.get(scope));
    const check = (/** @type {string} */ figure, /** @type {bigint[]} */ values) => {
      compared++;
      if (values.some((value) => value !== values[0])) {
        found.push({ scope, figure, values: values.map(String) });
      }
    };
    check(
      'weight',
      own.map((counts) => counts?.value ?? 0n),
    );
    check(
      'samples',
      own.map((counts) => counts?.count ?? 0n),
    );
    for (const name of keysOf(own.map((counts) => counts?.functions ?? new Map()))) {
      for (const figure of /** @type {const} */ (['self', 'selfCount', 'total', 'totalCount'])) {
        check(
          `${name} ${figure}`,
          own.map((counts) => counts?.functions.get(name)?.[figure] ?? 0n),
        );
      }
    }
  }
  return { compared, differences: found };
}

/** @param {readonly ReadonlyMap<string, unknown>[]} maps */
function keysOf(maps) {
  return new Set(maps.flatMap((map) => [...map.keys()]));
}

// The little of node:assert that also runs in a browser.

/**
 * @param {unknown} actual
 * @param {unknown} expected
 */
function equal(actual, expected) {
  if (!Object.is(actual, expected)) {
    throw new Error(`Expected ${String(expected)}, got ${String(actual)}`);
  }
}

/**
 * @param {unknown} value
 * @param {string} what
 */
function ok(value, what) {
  if (!value) throw new Error(what);
}

export default { equal, ok };

/** Arrays that are filled without their final length being known. */
type Growable = Uint8Array | Uint32Array | Int32Array | Float64Array | BigUint64Array;

/** A copy with room for `length` elements. */
export function resized<A extends Growable>(array: A, length: number): A {
  const make = array.constructor as new (length: number) => A;
  const copy = new make(length);
  copy.set(array as never);
  return copy;
}

/** The array itself while it has room for `needed` elements, else a copy with at least twice the room. */
export function grown<A extends Growable>(array: A, needed: number): A {
  return needed <= array.length ? array : resized(array, Math.max(needed, array.length * 2, 16));
}

/**
 * The first `length` elements: as they lie if at most a quarter of the room is empty, else moved
 * to an array that fits.
 */
export function trimmed<A extends Growable>(array: A, length: number): A {
  return (length * 4 >= array.length * 3 ? array.subarray(0, length) : array.slice(0, length)) as A;
}

/** Arrays that builders fill without knowing their final length. */
type Growable = Uint8Array | Uint32Array | Int32Array | Float64Array | BigUint64Array;

/** The array itself while it has room for `needed` elements, else a copy with at least twice the room. */
export function grown<A extends Growable>(array: A, needed: number): A {
  if (needed <= array.length) return array;
  const make = array.constructor as new (length: number) => A;
  const copy = new make(Math.max(needed, array.length * 2, 16));
  copy.set(array as never);
  return copy;
}

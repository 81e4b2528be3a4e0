/**
 * The elements of a column at these places, in this order. Millions of them: `from` with a function
 * would take a dozen times as long.
 */
export function picked<Column extends Uint32Array | Float64Array>(
  column: Column,
  places: Uint32Array,
): Column {
  const make = column.constructor as new (length: number) => Column;
  const taken = new make(places.length);
  for (let i = 0; i < places.length; i++) taken[i] = column[places[i]];
  return taken;
}

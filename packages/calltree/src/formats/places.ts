/** Where a function begins: both from 1 on, or 0 where that is not known. */
interface Place {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Tells functions apart that have one name in one file, as those without a name have, and most in a
 * minified file. Only these are called by their place as well, so that other names stay what they are
 * when lines are added above.
 *
 *     (anonymous) at 1:141 and at 1:390, load at 7:3
 *     are called (anonymous) 1:141, (anonymous) 1:390, load
 */
export class Places {
  /** By name and file, the place, or that there are several. */
  readonly #places = new Map<string, string | undefined>();

  add(place: Place): void {
    if (place.line === 0) return;
    const key = keyOf(place);
    const at = textOf(place);
    if (!this.#places.has(key)) this.#places.set(key, at);
    else if (this.#places.get(key) !== at) this.#places.set(key, undefined);
  }

  /** What a function is called, once all have been added. */
  nameOf(place: Place): string {
    const { name, line } = place;
    const isOne = line === 0 || this.#places.get(keyOf(place)) !== undefined;
    return isOne ? name : `${name} ${textOf(place)}`;
  }
}

function keyOf({ name, file }: Place): string {
  return `${name}\n${file}`;
}

function textOf({ line, column }: Place): string {
  return column > 0 ? `${line}:${column}` : `${line}`;
}

import { invalid } from '../questions/check.ts';

/** A value as ClickHouse's clients take it in `query_params`. */
export type ParameterValue = string | number | readonly string[];

/** Types that questions bind. 64-bit numbers are passed as text, which keeps them exact. */
export type ParameterType = 'String' | 'Array(String)' | 'Int64' | 'UInt64' | 'UInt32';

/**
 * Values are sent in the address, of which ClickHouse takes 128 KiB for each and 1 MiB in all; the
 * settings need some of that.
 */
const MOST_OF_ONE = 130_000;
const MOST_OF_ALL = 1_000_000;

/**
 * The values of one query. They reach the server beside the query's text, never inside it:
 *
 *     `ServiceName = ${bind('service', 'String', "O'Hara")}`
 *     → ServiceName = {service:String}      query_params: { service: "O'Hara" }
 */
export class Parameters {
  readonly values: Record<string, ParameterValue> = {};
  #sentLength = 0;

  /**
   * What to write into the query: a placeholder, or several where a list is too long for one. The
   * same value under the same name is bound once; a name that another value has taken gets a number.
   *
   * @param field the part of the question that it is from, which is at fault where it is too long
   */
  bind(name: string, type: ParameterType, value: ParameterValue, field = name): string {
    const parts = typeof value === 'object' ? divided(value) : [value];
    const placeholders = parts.map((part) => this.#bindOne(name, type, part, field));
    return parts.length === 1 ? placeholders[0] : `arrayConcat(${placeholders.join(', ')})`;
  }

  #bindOne(name: string, type: ParameterType, value: ParameterValue, field: string): string {
    const text = JSON.stringify(value);
    let free = name;
    for (let n = 2; free in this.values && JSON.stringify(this.values[free]) !== text; n++) {
      free = `${name}_${n}`;
    }
    if (!(free in this.values)) {
      const length = sentLength(value);
      this.#sentLength += length;
      if (length > MOST_OF_ONE || this.#sentLength > MOST_OF_ALL) {
        throw invalid(
          field,
          `It is too long to be sent: at most ${MOST_OF_ONE} bytes of one text and ${MOST_OF_ALL} of a question, URL-encoded.`,
          'Ask for fewer values, or a shorter path.',
        );
      }
      this.values[free] = value;
    }
    return `{${free}:${type}}`;
  }
}

/** A list in parts that are short enough to be sent. */
function divided(list: readonly string[]): (readonly string[])[] {
  let part: string[] = [];
  const parts = [part];
  let length = 0;
  for (const item of list) {
    const more = sentLength([item]);
    length += more;
    if (length > MOST_OF_ONE && part.length > 0) {
      part = [];
      parts.push(part);
      length = more;
    }
    part.push(item);
  }
  return parts;
}

/** At most so long: a list has quotes and a comma for each item, which are three bytes each. */
function sentLength(value: ParameterValue): number {
  if (typeof value === 'object') {
    return value.reduce((sum, item) => sum + sentLength(item) + 9, 0);
  }
  // Clients put a backslash before these.
  const text = String(value).replace(/[\t\n\r'\\]/g, "''");
  return new URLSearchParams({ text }).toString().length;
}

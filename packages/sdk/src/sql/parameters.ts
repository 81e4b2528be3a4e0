/** A value as ClickHouse's clients take it in `query_params`. */
export type ParameterValue = string | number | readonly string[];

/** Types that questions bind. 64-bit numbers are passed as text, which keeps them exact. */
export type ParameterType = 'String' | 'Array(String)' | 'Int64' | 'UInt64' | 'UInt32';

/**
 * The values of one query. They reach the server beside the query's text, never inside it:
 *
 *     `ServiceName = ${bind('service', 'String', "O'Hara")}`
 *     → ServiceName = {service:String}      query_params: { service: "O'Hara" }
 */
export class Parameters {
  readonly values: Record<string, ParameterValue> = {};

  /**
   * The placeholder to write into the query. The same value under the same name is bound once; a
   * name that another value has taken gets a number.
   */
  bind(name: string, type: ParameterType, value: ParameterValue): string {
    let free = name;
    for (let n = 2; free in this.values && this.values[free] !== value; n++) free = `${name}_${n}`;
    this.values[free] = value;
    return `{${free}:${type}}`;
  }
}

/** What a consumer finds where it runs. */
export interface Place {
  /** There are Web Workers, and our build is in reach of them. */
  readonly worker: boolean;
  /** There is a document to draw into. */
  readonly browser: boolean;
}

/**
 * Loads a module as the consumer at hand does: `import()`, `require()`, or out of its bundle. What
 * comes back has no type here, because the point is to find out what was published.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Load = (specifier: string) => Promise<any>;

/** A real use of the package, which throws when something is wrong; says what it did. */
export type Use = (load: Load, place: Place) => Promise<string>;

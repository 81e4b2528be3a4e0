/**
 * Code that a component needs could not be fetched: the network is gone, or the host was deployed anew
 * and its old files with it. Asking once more may help, and loading the page again does.
 */
export class CodeLoadError extends Error {
  override readonly name = 'CodeLoadError';
  /** What the code draws or does. */
  readonly part: string;

  constructor(part: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The code of the ${part} could not be loaded: ${reason}`, { cause });
    this.part = part;
  }
}

import { InvalidArgumentError } from 'commander';

/** Collects a repeatable `--option name=value`. */
export function collectPairs(
  text: string,
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be a name, = and a value.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

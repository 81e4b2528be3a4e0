import type { SearchPattern, SearchQuery } from '@hyperflame/calltree';

/**
 * What is typed into a search box as a query. Anything is text to find, unless it is written as
 * one of these:
 *
 *     /^json\.(read|write)/      a regular expression, in either case of letters
 *     ~hshpwd                    letters in this order
 *     parse || render            several, of which any may match
 *     "operator||"               all of it as it stands
 *
 * `null` for nothing to look for, as in `  ` and `||`.
 */
export function parseSearch(text: string): SearchQuery | null {
  const literal = /^\s*"(.+)"\s*$/s.exec(text)?.[1];
  if (literal !== undefined) return literal;
  const patterns = text
    .split('||')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parsePattern);
  return patterns.length === 0 ? null : patterns;
}

/** A name as it has to be typed to be found as it stands. */
export function searchFor(name: string): string {
  return name.includes('||') || /^[\s~"]|^\/.*\/$|\s$/s.test(name) ? `"${name}"` : name;
}

function parsePattern(part: string): SearchPattern {
  const expression = /^\/(.+)\/$/s.exec(part)?.[1];
  // While an expression is typed it is often none yet; then it is looked for as it stands.
  if (expression !== undefined && isExpression(expression)) {
    return { pattern: expression, kind: 'regex' };
  }
  if (part.startsWith('~') && part.length > 1) return { pattern: part.slice(1), kind: 'fuzzy' };
  return { pattern: part };
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

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
  const literal = literalOf(text);
  if (literal !== undefined) return literal;
  const patterns = partsOf(text).map(parsePattern);
  return patterns.length === 0 ? null : patterns;
}

/** Whether a part is written as a regular expression, and is none. */
export function hasBrokenExpression(text: string): boolean {
  if (literalOf(text) !== undefined) return false;
  return partsOf(text).some((part) => {
    const expression = expressionOf(part);
    return expression !== undefined && !isExpression(expression);
  });
}

/** A name as it has to be typed to be found as it stands. */
export function searchFor(name: string): string {
  return name.includes('||') || /^[\s~"]|^\/.*\/$|\s$/s.test(name) ? `"${name}"` : name;
}

const literalOf = (text: string): string | undefined => /^\s*"(.+)"\s*$/s.exec(text)?.[1];
const expressionOf = (part: string): string | undefined => /^\/(.+)\/$/s.exec(part)?.[1];

function partsOf(text: string): string[] {
  return text
    .split('||')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parsePattern(part: string): SearchPattern {
  const expression = expressionOf(part);
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

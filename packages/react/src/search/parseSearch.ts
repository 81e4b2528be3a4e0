import type { SearchPattern } from '@hyperflame/calltree';

/**
 * What is typed into a search box as a query. Anything is text to find, unless it is written as
 * one of these:
 *
 *     /^json\.(read|write)/      a regular expression, in either case of letters
 *     ~hshpwd                    letters in this order
 *     parse || render            several, of which any may match
 *     "operator||"               all of it as it stands, also as one of several
 *
 * `null` for nothing to look for, as in `  ` and `||`.
 */
export function parseSearch(text: string): readonly SearchPattern[] | null {
  const patterns = partsOf(text).map(parsePattern);
  return patterns.length === 0 ? null : patterns;
}

/** Whether a part is written as a regular expression, and is none. */
export function hasBrokenExpression(text: string): boolean {
  return partsOf(text).some((part) => {
    const expression = expressionOf(part);
    return expression !== undefined && !isExpression(expression);
  });
}

/** A name as it has to be typed to be found as it stands. */
export function searchFor(name: string): string {
  // Quotes would end where they do: `operator""||y`.
  if (/"\s*\|\|/.test(name)) return `/${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}/`;
  return name.includes('||') || /^[\s~"]|^\/.*\/$|\s$/s.test(name) ? `"${name}"` : name;
}

/** One of several, as it was typed. */
interface Part {
  readonly text: string;
  /** It stood in quotes, and is meant as it stands. */
  readonly isQuoted: boolean;
}

/** Up to the next `||`, or the end; one within quotes is part of what is looked for. */
const PART = /\s*"(.+?)"\s*(?:\|\||$)|(.*?)(?:\|\||$)/gs;

function partsOf(text: string): Part[] {
  return [...text.matchAll(PART)]
    .map(([, quoted, plain = '']) =>
      quoted === undefined
        ? { text: plain.trim(), isQuoted: false }
        : { text: quoted, isQuoted: true },
    )
    .filter((part) => part.text !== '');
}

const expressionOf = ({ text, isQuoted }: Part): string | undefined =>
  isQuoted ? undefined : /^\/(.+)\/$/s.exec(text)?.[1];

function parsePattern(part: Part): SearchPattern {
  const { text, isQuoted } = part;
  const expression = expressionOf(part);
  // While an expression is typed it is often none yet; then it is looked for as it stands.
  if (expression !== undefined && isExpression(expression)) {
    return { pattern: expression, kind: 'regex' };
  }
  if (!isQuoted && text.startsWith('~') && text.length > 1) {
    return { pattern: text.slice(1), kind: 'fuzzy' };
  }
  return { pattern: text };
}

function isExpression(source: string): boolean {
  try {
    // One that is too large says so when it is first used.
    new RegExp(source, 'i').test('');
    return true;
  } catch {
    return false;
  }
}

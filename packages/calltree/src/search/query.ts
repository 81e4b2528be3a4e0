import { CallTreeError } from '../model/errors.ts';

/** How a pattern is read: as it stands, as letters in this order, or as a regular expression. */
export type SearchKind = 'text' | 'fuzzy' | 'regex';

/** What a pattern is compared with: the name shown for the frame, its file, or its binary. */
export type SearchField = 'name' | 'file' | 'mapping';

export interface SearchPattern {
  readonly pattern: string;
  /** `text` if not said. */
  readonly kind?: SearchKind;
  /** False if not said. */
  readonly caseSensitive?: boolean;
  /** Only the name if not said. */
  readonly fields?: readonly SearchField[];
}

/** A text to find, a pattern, or several, of which any may match. */
export type SearchQuery = string | SearchPattern | readonly (string | SearchPattern)[];

/** A pattern made ready to be tried on many texts. */
export interface TextMatcher {
  readonly fields: readonly SearchField[];
  matches(text: string): boolean;
}

/** An expression may take the square of this many steps for one text, and often does. */
const LONGEST_TRIED = 4096;

/** Longer ones are too large for an expression that ignores case: from some 30 000 characters on. */
const LONGEST_EXPRESSION = 1000;

/**
 * Makes a query ready. Empty patterns match nothing and are left out. Throws `invalid-pattern`
 * for a regular expression that does not compile. One that does sees the first 4096 characters of a
 * text; text and letters are found wherever they are.
 */
export function compileQuery(query: SearchQuery): TextMatcher[] {
  const patterns = typeof query === 'string' || 'pattern' in query ? [query] : query;
  return patterns
    .map((one): SearchPattern => (typeof one === 'string' ? { pattern: one } : one))
    .filter(({ pattern }) => pattern !== '')
    .map((one) => ({ fields: one.fields ?? ['name'], matches: matcherOf(one) }));
}

function matcherOf({ pattern, kind = 'text', caseSensitive = false }: SearchPattern) {
  if (kind === 'fuzzy') return fuzzyTest(pattern, caseSensitive);
  if (kind !== 'regex') return textTest(pattern, caseSensitive);
  const expression = compile(pattern, caseSensitive);
  return (text: string) => expression.test(text.slice(0, LONGEST_TRIED));
}

function compile(source: string, caseSensitive: boolean): RegExp {
  try {
    const expression = new RegExp(source, caseSensitive ? '' : 'i');
    // One that is too large says so when it is first used.
    expression.test('');
    return expression;
  } catch (cause) {
    throw new CallTreeError('invalid-pattern', `Not a regular expression: ${source}`, {
      field: 'pattern',
      cause,
    });
  }
}

function textTest(pattern: string, caseSensitive: boolean) {
  if (caseSensitive) return (text: string) => text.includes(pattern);
  if (pattern.length > LONGEST_EXPRESSION) {
    const wanted = pattern.toLowerCase();
    return (text: string) => text.toLowerCase().includes(wanted);
  }
  // Makes no copies in lower case.
  const expression = new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'i');
  return (text: string) => expression.test(text);
}

/** True for texts that hold the pattern's characters in this order, with anything in between. */
function fuzzyTest(pattern: string, caseSensitive: boolean) {
  const wanted = caseSensitive ? pattern : pattern.toLowerCase();
  return (text: string) => {
    const inText = caseSensitive ? text : text.toLowerCase();
    let from = 0;
    for (const character of wanted) {
      const at = inText.indexOf(character, from);
      if (at === -1) return false;
      from = at + character.length;
    }
    return true;
  };
}

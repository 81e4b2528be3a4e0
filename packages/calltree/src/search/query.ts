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

/**
 * Makes a query ready. Empty patterns match nothing and are left out. Throws `invalid-pattern`
 * for a regular expression that does not compile, and while matching for one that cannot be tried.
 */
export function compileQuery(query: SearchQuery): TextMatcher[] {
  const patterns = typeof query === 'string' || 'pattern' in query ? [query] : query;
  return patterns
    .map((one): SearchPattern => (typeof one === 'string' ? { pattern: one } : one))
    .filter(({ pattern }) => pattern !== '')
    .map((one) => ({ fields: one.fields ?? ['name'], matches: textTest(one) }));
}

function textTest({ pattern, kind = 'text', caseSensitive = false }: SearchPattern) {
  if (kind === 'fuzzy') return fuzzyTest(pattern, caseSensitive);
  const source = kind === 'regex' ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (cause) {
      throw new CallTreeError('invalid-pattern', `Not a regular expression: ${pattern}`, {
        field: 'pattern',
        cause,
      });
    }
  };
  const expression = attempt(() => new RegExp(source, caseSensitive ? '' : 'i'));
  // One that compiles may still need more memory for a long text than there is.
  return (text: string) => attempt(() => expression.test(text));
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

import { TOKENS } from './statements.ts';

/** Of a table, after its columns: `ENGINE = MergeTree`, `ORDER BY (a, b)` and so on. */
export interface Clause {
  readonly keyword: (typeof KEYWORDS)[number];
  /** All of it, its keyword too, without blanks at its ends. */
  readonly text: string;
}

/** A statement that makes a table, taken apart at what operators change. */
export interface TableStatement {
  /** `CREATE TABLE … (columns)`. */
  readonly head: string;
  readonly clauses: readonly Clause[];
}

const KEYWORDS = [
  'ENGINE',
  'PARTITION BY',
  'PRIMARY KEY',
  'ORDER BY',
  'SAMPLE BY',
  'TTL',
  'SETTINGS',
  'COMMENT',
] as const;

/**
 *     "CREATE TABLE t (a Int8 TTL x) ENGINE = MergeTree ORDER BY a"
 *     →  head "CREATE TABLE t (a Int8 TTL x)", clauses ["ENGINE = MergeTree", "ORDER BY a"]
 *
 * What is quoted or in parentheses is passed over, so a column may be called `TTL`.
 */
export function tableStatement(statement: string): TableStatement {
  const found = [
    ...outside(statement).matchAll(
      /\b(?:ENGINE|PARTITION BY|PRIMARY KEY|ORDER BY|SAMPLE BY|TTL|SETTINGS|COMMENT)\b/g,
    ),
  ];
  const starts = found.map(({ index }) => index);
  return {
    head: statement.slice(0, starts[0]).trim(),
    clauses: found.map(([keyword], i) => ({
      keyword: keyword as Clause['keyword'],
      text: statement.slice(starts[i], starts[i + 1]).trim(),
    })),
  };
}

/** The statement again; clauses stand in the order that ClickHouse wants them in. */
export function tableText({ head, clauses }: TableStatement): string {
  const ordered = clauses.toSorted(
    (a, b) => KEYWORDS.indexOf(a.keyword) - KEYWORDS.indexOf(b.keyword),
  );
  return [head, ...ordered.map(({ text }) => text)].join('\n');
}

/** The statement with blanks for all that is quoted or in parentheses. */
function outside(statement: string): string {
  let depth = 0;
  let text = '';
  for (const [token] of statement.matchAll(TOKENS)) {
    if (/^['"`]/.test(token)) {
      text += ' '.repeat(token.length);
      continue;
    }
    for (const sign of token) {
      if (sign === ')') depth--;
      text += depth === 0 && sign !== ')' && sign !== '(' ? sign : ' '.repeat(sign.length);
      if (sign === '(') depth++;
    }
  }
  return text;
}

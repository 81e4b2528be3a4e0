/**
 * The statements of a script, without comments and without their final semicolons.
 *
 *     "-- one\nSELECT 'a;b'; SELECT `c--d`;"  →  ["SELECT 'a;b'", "SELECT `c--d`"]
 *
 * Quoted text is passed over as a whole, so a semicolon or a dash inside it is only text.
 */
export function statements(script: string): string[] {
  const found: string[] = [];
  let current = '';
  for (const [token] of script.matchAll(TOKENS)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    if (token !== ';') {
      current += token;
      continue;
    }
    found.push(current.trim());
    current = '';
  }
  found.push(current.trim());
  return found.filter((statement) => statement !== '');
}

/** Comments, quoted text (with `\` escapes and doubled quotes), semicolons, and all between them. */
export const TOKENS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|''|[^'\\])*'|`(?:\\[\s\S]|``|[^`\\])*`|"(?:\\[\s\S]|""|[^"\\])*"|;|[^;'"`/-]+|[\s\S]/g;

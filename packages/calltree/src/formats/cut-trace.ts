import { stackTablesFromTrace } from './chrome-trace.ts';
import { parseJson } from './parse-json.ts';
import type { NamedStacks } from './named-stacks.ts';

/**
 * Reads a trace whose list has no end, which its format allows: a program writes event after event, and may
 * be stopped in the midst of one. That one is left out. Throws the problem with the text for what is no
 * such trace.
 */
export function stackTablesFromCutTrace(text: string, problem: unknown): NamedStacks[] {
  let list: unknown;
  try {
    list = parseJson(`${text.slice(0, endOfLastItem(text))}]`);
  } catch {
    throw problem;
  }
  const [first] = list as readonly unknown[];
  if (typeof first !== 'object' || first === null || !('ph' in first)) throw problem;
  return stackTablesFromTrace(list as object);
}

/** Where the last whole item of a list ends. */
function endOfLastItem(text: string): number {
  let end = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') {
      do at = text.indexOf('"', at + 1);
      while (at !== -1 && isEscaped(text, at));
      if (at === -1) break;
    } else if (letter === '[' || letter === '{') depth++;
    else if ((letter === ']' || letter === '}') && --depth === 1) end = at + 1;
  }
  return end;
}

function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text[at - 1] === '\\') at--;
  return (quote - at) % 2 === 1;
}

/**
 * Characters that change how the text round them is laid out or that cannot be seen: control
 * characters, the marks, embeddings, overrides and isolates of bidirectional text, fillers, tags. A
 * function name is data; it must not reorder or hide what stands beside it. Joiners and variation
 * selectors stay: scripts and emoji need them.
 */
const INVISIBLE = /[\p{Cc}\u2028\u2029]|(?!\p{Join_C}|\p{VS})\p{DI}/gu;

/**
 * A name as it is shown: on one line, with its invisible characters made visible.
 *
 *     'safe\u202Eexe.js'   →  'safe␣exe.js' with U+FFFD in place of the override
 *     'a\nb'               →  'a␊b'
 */
export function displayText(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    // U+2400 … are the pictures of the control characters 0 … 31.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** As {@link displayText}, cut to `limit` characters: a name may be a megabyte long. */
export function shortText(text: string, limit: number): string {
  return text.length <= limit ? displayText(text) : `${displayText(text.slice(0, limit))}…`;
}

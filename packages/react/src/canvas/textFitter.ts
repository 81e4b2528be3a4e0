/** Width of a text in pixels, in the font that is set. */
export type MeasureText = (text: string) => number;

/** Texts remembered before starting anew: more than any one picture shows. */
const MOST_TEXTS = 20_000;

/** No screen has room for more; a name may be a megabyte long. */
const LONGEST = 2_000;

const ELLIPSIS = '…';

/**
 * Cuts texts to the width there is. Measuring is the slow part of drawing text, so each text and
 * each character is measured once per font.
 */
export class TextFitter {
  readonly #measure: MeasureText;
  readonly #texts = new Map<string, number>();
  readonly #characters = new Map<string, number>();
  readonly #ellipsis: number;

  constructor(measure: MeasureText) {
    this.#measure = measure;
    this.#ellipsis = measure(ELLIPSIS);
  }

  /** The text if it fits, else its longest beginning with `…` after it, else `''`. */
  fit(text: string, room: number): string {
    if (room < this.#ellipsis) return '';
    const cut = text.length > LONGEST;
    const beginning = cut ? text.slice(0, LONGEST) : text;
    if (!cut && this.#textWidth(beginning) <= room) return text;
    const left = room - this.#ellipsis;
    let width = 0;
    let end = 0;
    // By code point, so that no surrogate pair is cut in two.
    for (const character of beginning) {
      width += this.#characterWidth(character);
      if (width > left) break;
      end += character.length;
    }
    return end === 0 ? '' : beginning.slice(0, end) + ELLIPSIS;
  }

  #textWidth(text: string): number {
    let width = this.#texts.get(text);
    if (width === undefined) {
      if (this.#texts.size >= MOST_TEXTS) this.#texts.clear();
      width = this.#measure(text);
      this.#texts.set(text, width);
    }
    return width;
  }

  #characterWidth(character: string): number {
    let width = this.#characters.get(character);
    if (width === undefined) {
      width = this.#measure(character);
      this.#characters.set(character, width);
    }
    return width;
  }
}

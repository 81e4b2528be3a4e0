/** Width of a text in pixels, in the font that is set. */
export type MeasureText = (text: string) => number;

/** Which end of a name is shown when there is no room for all of it. */
export type NameEnd = 'start' | 'end';

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

  /**
   * The text if it fits, else the longest part of it that does with `…`, else `''`: its beginning,
   * or its end, where that is what names differ in (`…/checkout/pay`).
   */
  fit(text: string, room: number, shown: NameEnd = 'start'): string {
    if (room < this.#ellipsis) return '';
    const cut = text.length > LONGEST;
    if (!cut && this.#textWidth(text) <= room) return text;
    const left = room - this.#ellipsis;
    return shown === 'start' ? this.#beginning(text, left) : this.#ending(text, left);
  }

  #beginning(text: string, room: number): string {
    const candidate = text.slice(0, LONGEST);
    let width = 0;
    let end = 0;
    // By code point, so that no surrogate pair is cut in two.
    for (const character of candidate) {
      width += this.#characterWidth(character);
      if (width > room) break;
      end += character.length;
    }
    return end === 0 ? '' : candidate.slice(0, end) + ELLIPSIS;
  }

  #ending(text: string, room: number): string {
    const characters = [...text.slice(-LONGEST)];
    let width = 0;
    let from = characters.length;
    while (from > 0) {
      width += this.#characterWidth(characters[from - 1]);
      if (width > room) break;
      from--;
    }
    return from === characters.length ? '' : ELLIPSIS + characters.slice(from).join('');
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

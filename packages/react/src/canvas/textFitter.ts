/** Width of a text in pixels, in the font that is set. */
export type MeasureText = (text: string) => number;

/** Which end of a name is shown when there is no room for all of it. */
export type NameEnd = 'start' | 'end';

/** Texts remembered before starting anew: more than any one picture shows. */
const MOST_TEXTS = 20_000;

/** No screen has room for more; a name may be a megabyte long. */
const LONGEST = 2_000;

const ELLIPSIS = '…';

/** Letters pushed together or apart change the width of a text by less than this part of it. */
const KERNING = 0.06;

/** From here on, in pixels, that part is a letter or more. Few names are cut where so much room is. */
const ROOMY = 300;

/**
 * Cuts texts to the width there is. Measuring is the slow part of drawing text, so it is done once
 * for each character of a font, and for a whole text only where the sum of its characters leaves it
 * open whether it fits, or may be a letter too long.
 */
export class TextFitter {
  readonly #measure: MeasureText;
  readonly #texts = new Map<string, number>();
  readonly #characters = new Map<string, number>();
  /** Widths of characters of ASCII by their codes; 0 before they are measured. */
  readonly #ascii = new Float64Array(128);
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
    if (text.length <= LONGEST && this.#fits(text, room)) return text;
    for (let left = room - this.#ellipsis; ;) {
      const cut = shown === 'start' ? this.#beginning(text, left) : this.#ending(text, left);
      const over = room < ROOMY || cut === '' ? 0 : this.#textWidth(cut) - room;
      if (over <= 0) return cut;
      left -= Math.max(1, over);
    }
  }

  #fits(text: string, room: number): boolean {
    const width = this.#sumOfCharacters(text);
    if (width * (1 + KERNING) <= room) return true;
    if (width * (1 - KERNING) > room) return false;
    return this.#textWidth(text) <= room;
  }

  /** NaN where other characters than those of ASCII, which may form new ones together, are in it. */
  #sumOfCharacters(text: string): number {
    let sum = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x20 || code > 0x7e) return NaN;
      sum += this.#asciiWidth(code);
    }
    return sum;
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

  #asciiWidth(code: number): number {
    return (this.#ascii[code] ||= this.#measure(String.fromCharCode(code)));
  }

  #characterWidth(character: string): number {
    const code = character.charCodeAt(0);
    if (code < this.#ascii.length) return this.#asciiWidth(code);
    let width = this.#characters.get(character);
    if (width === undefined) {
      width = this.#measure(character);
      this.#characters.set(character, width);
    }
    return width;
  }
}

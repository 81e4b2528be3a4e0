import { expect, fireEvent, waitFor, within } from 'storybook/test';

/** Height of a row as the components draw it unless told otherwise. */
const ROW = 20;

/** The picture of a story, and ways to point at it as a person would. */
export class Picture {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get canvas(): HTMLCanvasElement {
    const canvas = this.#root.querySelector('canvas');
    if (!canvas) throw new Error('There is no picture');
    return canvas;
  }

  /** The canvas once it is there and has something other than its background on it. */
  async painted(): Promise<HTMLCanvasElement> {
    await waitFor(() => expect(this.#root.querySelector('[role="treegrid"]')).not.toBeNull());
    await waitFor(() => expect(this.colors().size).toBeGreaterThan(1));
    return this.canvas;
  }

  /** The different colours on the canvas, in a coarse grid of points. */
  colors(): Set<string> {
    const { canvas } = this;
    const context = canvas.getContext('2d');
    const colors = new Set<string>();
    if (!context || canvas.width === 0) return colors;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4 * 37)
      colors.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
    return colors;
  }

  /** The colour at the lower edge of row `depth`, where lines around frames are. */
  colorAt(share: number, depth: number): string {
    const { canvas } = this;
    const density = canvas.width / canvas.getBoundingClientRect().width;
    const data = canvas
      .getContext('2d')
      ?.getImageData(share * canvas.width, (depth * ROW + ROW - 2.5) * density, 1, 1).data;
    return String(data);
  }

  /** A point of the window: `share` of the picture's width, in the middle of row `depth`. */
  point(share: number, depth: number): { clientX: number; clientY: number } {
    const box = this.canvas.getBoundingClientRect();
    // In a host that is scaled, rows are as well.
    const row = (ROW * box.width) / this.canvas.offsetWidth;
    return { clientX: box.left + share * box.width, clientY: box.top + depth * row + row / 2 };
  }

  async click(share: number, depth: number): Promise<void> {
    const point = this.point(share, depth);
    await fireEvent.pointerDown(this.canvas, point);
    await fireEvent.click(this.canvas, point);
  }

  async hover(share: number, depth: number): Promise<void> {
    await fireEvent.pointerMove(this.canvas, this.point(share, depth));
  }

  /** The code of a menu comes when it is first opened. */
  async openMenu(share: number, depth: number): Promise<void> {
    await fireEvent.contextMenu(this.canvas, this.point(share, depth));
    await within(this.#root).findByRole('menu');
  }

  /** The row of the accessible twin that the keyboard is at. */
  get cursor(): HTMLElement {
    const row = this.#root.querySelector<HTMLElement>('[role="row"][tabindex="0"]');
    if (!row) throw new Error('No row can be reached by keyboard');
    return row;
  }

  get cursorName(): string {
    return within(this.cursor).getByRole('rowheader').textContent ?? '';
  }
}

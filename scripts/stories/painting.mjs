// What a story paints on its canvases, written down as it is painted: rectangles and texts cannot be
// told apart in pixels.

/**
 * @typedef {object} Painted
 * @property {'rectangle' | 'text'} what
 * @property {number} x left edge, in device pixels
 * @property {number} y upper edge; of a text, its baseline
 * @property {number} width
 * @property {number} height of a text: 0
 * @property {string} color
 * @property {string} text
 */

/** Runs in the page before anything else. Each canvas has its list, begun anew when it is cleared. */
export function recordPainting() {
  const prototype = CanvasRenderingContext2D.prototype;
  /** @type {WeakMap<HTMLCanvasElement, Painted[]>} */
  const lists = new WeakMap();
  Object.assign(window, { paintedOn: (/** @type {HTMLCanvasElement} */ c) => lists.get(c) ?? [] });

  const add = (
    /** @type {CanvasRenderingContext2D} */ context,
    /** @type {Omit<Painted, 'color'>} */ one,
  ) => {
    const { a, d, e, f } = context.getTransform();
    const { canvas } = context;
    const painted = {
      ...one,
      x: a * one.x + e,
      y: d * one.y + f,
      width: a * one.width,
      height: d * one.height,
      color: String(context.fillStyle),
    };
    const covers =
      one.what === 'rectangle' &&
      painted.x <= 0 &&
      painted.y <= 0 &&
      painted.width >= canvas.width &&
      painted.height >= canvas.height;
    let list = lists.get(canvas);
    if (!list || covers) lists.set(canvas, (list = []));
    list.push(painted);
  };
  for (const name of /** @type {const} */ (['fillRect', 'roundRect'])) {
    const original = prototype[name];
    /** @this {CanvasRenderingContext2D} @param {any[]} args */
    const replaced = function (...args) {
      const [x, y, width, height] = args.map(Number);
      add(this, { what: 'rectangle', x, y, width, height, text: '' });
      return Reflect.apply(original, this, args);
    };
    Object.assign(prototype, { [name]: replaced });
  }
  const fillText = prototype.fillText;
  prototype.fillText = function (text, x, y, ...rest) {
    const { width } = this.measureText(text);
    const left = this.textAlign === 'right' ? x - width : x;
    add(this, { what: 'text', x: left, y, width, height: 0, text });
    return fillText.call(this, text, x, y, ...rest);
  };
}

/**
 * Runs in the page: texts that reach out of the rectangle they stand on, or into another text on it, or
 * cannot be read on it, and how many texts there are at all.
 *
 * @param {number} leastContrast
 * @returns {{ texts: number, problems: string[] }}
 */
export function paintingProblems(leastContrast) {
  /** @type {string[]} */
  const problems = [];
  let texts = 0;
  const ruler = document.createElement('canvas').getContext('2d');
  const luminance = (/** @type {string} */ color) => {
    if (!ruler) return 0;
    ruler.fillStyle = color;
    ruler.fillRect(0, 0, 1, 1);
    const [red, green, blue] = Array.from(ruler.getImageData(0, 0, 1, 1).data, (channel) => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /** @type {Map<string, number>} */
  const contrasts = new Map();
  const contrast = (/** @type {string} */ one, /** @type {string} */ other) => {
    const key = `${one} on ${other}`;
    let found = contrasts.get(key);
    if (found === undefined) {
      const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      contrasts.set(key, (found = (high + 0.05) / (low + 0.05)));
    }
    return found;
  };
  for (const canvas of document.querySelectorAll('canvas')) {
    /** @type {Painted[]} */
    const painted = /** @type {any} */ (window).paintedOn(canvas);
    painted.forEach(({ what, text, x, y, width, color }, i) => {
      if (what !== 'text') return;
      texts++;
      const right = x + width;
      const under = painted
        .slice(0, i)
        .findLast(
          (one) =>
            one.what === 'rectangle' &&
            one.x <= x &&
            x < one.x + one.width &&
            one.y <= y - 1 &&
            y - 1 < one.y + one.height,
        );
      const beside = painted
        .slice(0, i)
        .find(
          (one) => one.what === 'text' && one.y === y && one.x < right && x < one.x + one.width,
        );
      if (!under) problems.push(`'${text}' stands on no rectangle`);
      else if (beside) problems.push(`'${text}' stands on '${beside.text}'`);
      else if (right > under.x + under.width + 1) {
        problems.push(`'${text}' reaches ${Math.round(right - under.x - under.width)} px too far`);
      } else if (contrast(color, under.color) < leastContrast) {
        problems.push(
          `'${text}' has a contrast of ${contrast(color, under.color).toFixed(2)} (${color} on ${under.color})`,
        );
      }
    });
  }
  return { texts, problems };
}

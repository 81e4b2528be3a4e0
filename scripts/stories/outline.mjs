// Where things stand in a story: whether all of it can be seen and reached.

/**
 * Runs in the page: what sticks out of the window, is cut off without saying so, or cannot be seen
 * though it can be focused.
 *
 * @returns {string[]}
 */
export function outlineProblems() {
  /** @type {string[]} */
  const problems = [];
  const width = document.documentElement.clientWidth;
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > width) problems.push(`the page is ${scrollWidth} px wide in ${width} px`);

  const nameOf = (/** @type {Element} */ element) => {
    const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
    return `<${element.localName} class="${element.getAttribute('class') ?? ''}"> '${text.slice(0, 40)}'`;
  };
  const clips = (/** @type {Element} */ element) =>
    /auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX);
  /** Inside of something that scrolls or cuts off on purpose, its place says nothing. */
  const isClipped = (/** @type {Element} */ element) => {
    for (let above = element.parentElement; above; above = above.parentElement) {
      if (above !== document.body && clips(above)) return true;
    }
    return false;
  };
  for (const root of document.querySelectorAll('[data-hyperflame]')) {
    for (const element of root.querySelectorAll('*')) {
      // The contents of pictures are laid out by their own rules.
      if (element.closest('svg, canvas, style, .hf-sr')) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if ((box.right > width + 1 || box.left < -1) && !isClipped(element)) {
        problems.push(
          `${nameOf(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${width} px`,
        );
      }
      const style = getComputedStyle(element);
      const ownText = [...element.childNodes].some(
        (child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim(),
      );
      // The words for screen readers over the picture are see-through and need no room.
      if (!ownText || style.color === 'rgba(0, 0, 0, 0)') continue;
      const { scrollWidth: wanted, clientWidth: given } = element;
      const saysSo = style.textOverflow === 'ellipsis' || style.overflowX !== 'visible';
      if (style.display !== 'inline' && wanted > given + 1 && !saysSo) {
        problems.push(`the text of ${nameOf(element)} is ${wanted} px wide in ${given} px`);
      }
    }
  }
  return [...new Set(problems)];
}

/** A bar that moves its content by less than this is there by mistake. */
const LEAST_SCROLL = 6;

/**
 * Runs in the page: scroll bars that have next to nothing to scroll.
 *
 * @param {number} least
 * @returns {string[]}
 */
function idleBars(least) {
  const problems = [];
  for (const element of document.querySelectorAll('[data-hyperflame], [data-hyperflame] *')) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const right = element.scrollWidth - element.clientWidth;
    const down = element.scrollHeight - element.clientHeight;
    const name = `<${element.localName} class="${element.getAttribute('class') ?? ''}">`;
    if (/auto|scroll/.test(overflowX) && right > 0 && right < least) {
      problems.push(`${name} scrolls sideways by ${right} px`);
    }
    if (/auto|scroll/.test(overflowY) && down > 0 && down < least) {
      problems.push(`${name} scrolls by ${down} px`);
    }
  }
  return problems;
}

/** @param {import('playwright').Page} page */
export const idleBarProblems = (page) => page.evaluate(idleBars, LEAST_SCROLL);

/**
 * Runs in the page: canvases of a size that have nothing but one colour on them, where the story does
 * not say with `data-empty` that there is nothing to see.
 *
 * @returns {string[]}
 */
export function blankCanvases() {
  /** @type {string[]} */
  const problems = [];
  for (const canvas of document.querySelectorAll('canvas')) {
    const { width, height } = canvas;
    if (width === 0 || height === 0 || canvas.getBoundingClientRect().width === 0) continue;
    if (canvas.closest('[data-empty]')) continue;
    const copy = document.createElement('canvas');
    copy.width = width;
    copy.height = height;
    const context = copy.getContext('2d');
    context?.drawImage(canvas, 0, 0);
    const pixels = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? []);
    if (!pixels.some((pixel) => pixel !== pixels[0])) {
      problems.push(`a canvas of ${width} × ${height} is blank`);
    }
  }
  return problems;
}

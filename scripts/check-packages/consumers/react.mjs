// A use of @hyperflame/react: a flame graph of two stacks, as a server renders it and as a browser
// draws it.
import assert from './assert.mjs';

/** @type {import('./consumer.d.ts').Use} */
export async function use(load, { browser }) {
  const { createElement } = await load('react');
  const { buildCallTree, stackTableFromFolded } = await load('@hyperflame/calltree');
  const { FlameGraphView } = await load('@hyperflame/react');

  const tree = buildCallTree(stackTableFromFolded('main;parse 3\nmain;render 4\n'));
  const element = createElement(FlameGraphView, { tree });
  if (!browser) {
    const { renderToString } = await load('react-dom/server');
    const html = renderToString(element);
    assert.ok(html.includes('<canvas'), `There is no canvas in ${html}`);
    return `${html.length} characters of HTML`;
  }

  const { createRoot } = await load('react-dom/client');
  const container = document.body.appendChild(document.createElement('div'));
  createRoot(container).render(element);
  const drawn = await colouredPixels(container);
  return `${drawn} pixels drawn`;
}

/**
 * How many pixels of the canvas are not transparent, as soon as any is.
 *
 * @param {HTMLElement} container
 * @returns {Promise<number>}
 */
async function colouredPixels(container) {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const canvas = container.querySelector('canvas');
    if (!canvas?.width || !canvas.height) continue;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
      data: [],
    };
    const count = data.filter((value, i) => i % 4 === 3 && value > 0).length;
    if (count > 0) return count;
  }
  throw new Error('Nothing was drawn');
}

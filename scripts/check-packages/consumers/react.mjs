// A use of @hyperflame/react: each component that only draws, and one that asks, as a server renders
// them and as a browser draws them and lets go of them again.
import assert from './assert.mjs';

/** @type {import('./consumer.d.ts').Use} */
export async function use(load, { browser }) {
  const { createElement, StrictMode } = await load('react');
  const elements = (await views(load)).map(([name, view]) => ({
    name,
    element: createElement(StrictMode, null, view),
  }));
  if (!browser) {
    const { renderToString } = await load('react-dom/server');
    const html = elements.map(({ element }) => renderToString(element));
    elements.forEach(({ name }, i) =>
      assert.ok(html[i].includes('data-hyperflame'), `There is no ${name} in ${html[i]}`),
    );
    return `${html.join('').length} characters of HTML`;
  }

  const { createRoot } = await load('react-dom/client');
  let drawn = 0;
  for (const { name, element } of elements) {
    const container = document.body.appendChild(document.createElement('div'));
    const root = createRoot(container);
    root.render(element);
    drawn += await coloured(name, container);
    root.unmount();
    assert.equal(container.childElementCount, 0);
    container.remove();
  }
  return `${elements.length} components, ${drawn} pixels drawn`;
}

/**
 * @param {(name: string) => Promise<any>} load
 * @returns {Promise<[name: string, element: unknown][]>}
 */
async function views(load) {
  const { createElement } = await load('react');
  const {
    buildCallTree,
    diffCallTrees,
    functionTable,
    moduleTree,
    sandwich,
    stackTableFromFolded,
  } = await load('@hyperflame/calltree');
  const library = await load('@hyperflame/react');
  const { defaultMessages } = await load('@hyperflame/react/messages');

  const stacks = stackTableFromFolded('main;parse 3\nmain;render 4\n');
  const tree = buildCallTree(stacks);
  const table = functionTable(stacks);
  const pivot = 'parse';
  const sides = sandwich(stacks, pivot);
  const grid = {
    from: 0,
    columnMs: 1000,
    columns: 2,
    rows: 1,
    weight: Float64Array.of(1, 2),
    unit: 'count',
  };
  const drawing = {
    FlameGraphView: { tree, messages: { ...defaultMessages, allSamples: 'Everything' } },
    Icicle: { tree },
    MiniFlameGraph: { tree },
    DiffFlameGraphView: { tree: diffCallTrees(stacks, stackTableFromFolded('main;render 9')) },
    TopTableView: { table },
    SandwichView: { sandwich: sides, pivot },
    ProfileTreemapView: { tree: moduleTree(table) },
    FrameInspectorView: { pivot, table, sandwich: sides },
    ProfileTimelineView: { grid },
    ProfileViewerView: { stacks },
  };
  const views = Object.entries(drawing).map(
    ([name, props]) =>
      /** @type {[string, unknown]} */ ([name, createElement(library[name], props)]),
  );
  // It is never answered: what stands there until then is drawn as well.
  const client = { key: 'consumer', send: () => new Promise(() => undefined) };
  const asking = createElement(
    library.ProfilesProvider,
    { client },
    createElement(library.ProfileViewer, { service: 'shop' }),
  );
  return [...views, ['ProfileViewer', asking]];
}

/**
 * What components without a canvas have instead, once they show something.
 *
 * @type {Record<string, string>}
 */
const WITHOUT_CANVAS = {
  TopTableView: 'table',
  FrameInspectorView: 'table',
  ProfileViewer: '[role="status"]',
};

/**
 * How many pixels of the canvas are not transparent, as soon as any is; of a component that has no
 * canvas, how many elements it has.
 *
 * @param {string} name
 * @param {HTMLElement} container
 * @returns {Promise<number>}
 */
async function coloured(name, container) {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    if (name in WITHOUT_CANVAS && container.querySelector(WITHOUT_CANVAS[name])) {
      return container.querySelectorAll('*').length;
    }
    const canvas = container.querySelector('canvas');
    if (!canvas?.width || !canvas.height) continue;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
      data: [],
    };
    const count = data.filter((value, i) => i % 4 === 3 && value > 0).length;
    if (count > 0) return count;
  }
  throw new Error(`${name} has drawn nothing`);
}

// What the page that `htmlFromCallTree` writes looks like and does. Texts, because that is how they
// are written into it; the page is used in a browser by stories/Export.stories.tsx.

export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 13px/1.4 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#fff, #16181d); color: light-dark(#1d2027, #e3e5ea); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 16px; padding: 10px 12px; }
h1 { margin: 0; font-size: 15px; overflow-wrap: anywhere; }
p { margin: 0; flex: 1 1 200px; color: light-dark(#5a606d, #a3a9b5); }
ul { display: flex; gap: 4px; margin: 0; padding: 0; list-style: none; }
li { padding: 1px 8px; border-radius: 3px; forced-color-adjust: none; }
input, header button { font: inherit; color: inherit; padding: 3px 8px; border: 1px solid light-dark(#8a909c, #7b818d); border-radius: 4px; background: none; }
header button:disabled { opacity: .6; }
#graph { position: relative; overflow: hidden; }
#graph > * { position: absolute; box-sizing: border-box; height: 19px; margin: 0; padding: 0 4px; overflow: hidden;
  border: 0; border-radius: 2px; font: 11px/19px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  text-align: left; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: plaintext; cursor: pointer; user-select: text; }
#graph .thin { padding: 0; }
#graph button.back { opacity: .75; }
#graph .narrow, #graph.searched button:not(.match) { background: light-dark(#f0f1f4, #23262c) !important; color: light-dark(#666c79, #8f95a1) !important; }
:focus-visible { outline: 2px solid light-dark(#1f5fd0, #7db0ff); outline-offset: 1px; z-index: 1; }
#detail { position: sticky; bottom: 0; min-height: 19px; padding: 6px 12px; overflow-wrap: anywhere; unicode-bidi: plaintext;
  background: light-dark(#fff, #16181d); border-top: 1px solid light-dark(#dfe2e8, #343841); }
@media (forced-colors: active) { #graph > * { border: 1px solid; } #graph button.match { background: Highlight !important; color: HighlightText !important; forced-color-adjust: none; } }
`;

export const PAGE_SCRIPT = `
'use strict';
(() => {
  const ROW = 20;
  const byId = (id) => document.getElementById(id);
  const { steps, samples, allNodes, depth, frame, paint, sides, wide, leftOut, frames, paints } =
    JSON.parse(byId('profile').textContent);
  const graph = byId('graph');
  const length = depth.length;
  const widths = wide ?? sides[0].total;

  // Nodes stand before what they call, so one pass finds callers and ends.
  const parent = new Int32Array(length).fill(-1);
  const end = new Int32Array(length).fill(length);
  const open = [];
  for (let node = 0; node < length; node++) {
    while (open.length > depth[node]) end[open.pop()] = node;
    if (open.length > 0) parent[node] = open[open.length - 1];
    open.push(node);
  }

  const rounded = (value) =>
    String(Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
  const weightText = (weight) => {
    const step = steps.find(([size]) => Math.abs(weight) >= size * 0.9995) ?? steps[steps.length - 1];
    const [size, name, below] = step;
    if (!below) return (rounded(weight / size) + ' ' + name).trimEnd();
    const whole = Math.round(weight / below[0]) * below[0];
    const rest = whole % size;
    const told = (whole - rest) / size + ' ' + name;
    return rest === 0 ? told : told + ' ' + Math.abs(rest) / below[0] + ' ' + below[1];
  };
  const share = (part, whole) => (whole === 0 ? '0 %' : ((part / whole) * 100).toFixed(1) + ' %');
  // One figure, or those before and after.
  const figures = (of) => sides.map(of).join(' → ');
  const describe = (node) => {
    const [name, place] = frames[frame[node]];
    return name + (place && ' · ' + place) +
      ' · total ' + figures(({ total }) => weightText(total[node])) +
      ' (' + figures(({ total }) => share(total[node], total[0])) + ')' +
      ' · self ' + figures(({ self }) => weightText(self[node]));
  };

  let focus = 0;
  let cursor = 0;
  let matches = null;
  const drawn = new Map();

  function draw() {
    const width = graph.clientWidth;
    const left = new Map();
    const shown = [];
    for (let above = focus; above >= 0; above = parent[above]) shown.unshift([above, 0, width]);
    const scale = widths[focus] > 0 ? width / widths[focus] : 0;
    left.set(focus, 0);
    // Nodes that are too narrow are skipped with all that they call; those of one caller stand together,
    // with what the page has not got of them.
    const narrow = new Map();
    for (let node = focus + 1; node < end[focus];) {
      const caller = parent[node];
      const from = left.get(caller);
      const wide = widths[node] * scale;
      if (wide < 1) {
        narrow.set(caller, (narrow.get(caller) ?? 0) + widths[node]);
        node = end[node];
        continue;
      }
      left.set(caller, from + wide);
      left.set(node, from);
      shown.push([node, from, wide]);
      node++;
    }
    const hadFocus = graph.contains(document.activeElement);
    graph.textContent = '';
    drawn.clear();
    let rows = 0;
    const place = (element, row, x, wide) => {
      element.style.left = x + 'px';
      element.style.top = row * ROW + 'px';
      element.style.width = Math.max(1, wide - 1) + 'px';
      if (wide < 24) element.classList.add('thin');
      rows = Math.max(rows, row + 1);
      graph.append(element);
    };
    for (const [node, x, width] of shown) {
      const button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.dataset.node = node;
      button.title = describe(node);
      button.setAttribute('aria-label', describe(node));
      if (node < focus) button.classList.add('back');
      if (matches && matches[node]) button.classList.add('match');
      const { fill, text, sign } = paints[paint[node]];
      button.textContent = width < 24 ? '' : frames[frame[node]][0] + (sign ? ' ' + sign : '');
      Object.assign(button.style, { background: fill, color: text });
      place(button, depth[node], x, width);
      drawn.set(node, button);
      if (node < focus) continue;
      const rest = (narrow.get(node) ?? 0) + (leftOut ? leftOut[node] : 0);
      if (rest * scale < 1) continue;
      const together = document.createElement('span');
      together.className = 'narrow';
      together.dataset.caller = node;
      together.textContent = rest * scale >= 24 ? 'Too narrow to show' : '';
      together.title = 'Too narrow to show' +
        (wide ? '' : ' · ' + weightText(rest) + ' (' + share(rest, widths[0]) + ')');
      place(together, depth[node] + 1, left.get(node), rest * scale);
    }
    graph.style.height = rows * ROW + 'px';
    graph.classList.toggle('searched', matches !== null);
    byId('reset').disabled = focus === 0;
    moveTo(drawn.has(cursor) ? cursor : focus, hadFocus);
  }

  function moveTo(node, takeFocus) {
    const button = drawn.get(node);
    if (!button) return;
    const before = drawn.get(cursor);
    if (before) before.tabIndex = -1;
    cursor = node;
    button.tabIndex = 0;
    byId('detail').textContent = describe(node);
    if (takeFocus) button.focus();
  }

  function zoom(node) {
    focus = node;
    cursor = node;
    draw();
  }

  function search(text) {
    const wanted = text.toLowerCase();
    matches = null;
    byId('found').textContent = '';
    if (wanted !== '') {
      const inFrame = frames.map(([name, , isNone]) => !isNone && name.toLowerCase().includes(wanted));
      matches = new Uint8Array(length);
      const matched = sides.map(() => 0);
      let found = false;
      let counted = 0;
      // Recursion counts once: what lies inside a match has been counted with it.
      for (let node = 1; node < length; node++) {
        if (!inFrame[frame[node]]) continue;
        matches[node] = 1;
        found = true;
        if (node < counted) continue;
        counted = end[node];
        sides.forEach(({ total }, side) => { matched[side] += total[node]; });
      }
      byId('found').textContent = !found ? 'No match'
        : figures(({ total }, side) => share(matched[side], total[0])) + ' matched';
    }
    draw();
  }

  const nodeOf = (event) => {
    const button = event.target.closest && event.target.closest('button[data-node]');
    return button ? Number(button.dataset.node) : -1;
  };
  graph.addEventListener('click', (event) => {
    const node = nodeOf(event);
    const caller = event.target.dataset.caller;
    if (node !== -1) zoom(node);
    else if (caller) zoom(Number(caller));
  });
  graph.addEventListener('pointerover', (event) => {
    const node = nodeOf(event);
    if (node !== -1) byId('detail').textContent = describe(node);
    else if (event.target.dataset.caller) byId('detail').textContent = event.target.title;
  });
  const isBrowsers = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey;
  graph.addEventListener('keydown', (event) => {
    if (isBrowsers(event)) return;
    const beside = (step) => {
      const row = [...drawn.keys()].filter((node) => depth[node] === depth[cursor]);
      return row[row.indexOf(cursor) + step];
    };
    const moves = {
      ArrowUp: () => parent[cursor],
      ArrowDown: () => [...drawn.keys()].find((node) => parent[node] === cursor),
      ArrowLeft: () => beside(-1),
      ArrowRight: () => beside(1),
    };
    if (Object.hasOwn(moves, event.key)) moveTo(moves[event.key](), true);
    else if (event.key === 'Backspace' && focus > 0) zoom(parent[focus]);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (isBrowsers(event)) return;
    const field = byId('search');
    if (event.key === '/' && event.target !== field) { event.preventDefault(); field.focus(); }
    if (event.key !== 'Escape') return;
    if (field.value !== '') { field.value = ''; search(''); }
    else if (focus !== 0) zoom(0);
  });
  byId('search').addEventListener('input', (event) => search(event.target.value));
  byId('reset').addEventListener('click', () => zoom(0));
  addEventListener('resize', draw);

  byId('about').textContent = figures(({ total }) => weightText(total[0])) + ' in ' +
    figures((_, side) => rounded(samples[side])) + ' samples' +
    (allNodes > length ? ' · the ' + length + ' heaviest of ' + allNodes + ' frames' : '');
  draw();
})();
`;

import { createRoot } from 'react-dom/client';
import { CASES, FORGOTTEN } from './cases.tsx';

/** What a component shows when it has something to show. */
const PICTURE = 'canvas, dl, table, [role="grid"], [role="treegrid"]';
const PATIENCE_MS = 10_000;
/** Several stand on the page together: one after the other would be waiting for frames, mostly. */
const AT_ONCE = 10;

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Mounts a component so many times, each time until its picture is there, and takes it away again. */
async function mount(name: string, times: number): Promise<void> {
  for (let done = 0; done < times; done += AT_ONCE) {
    const length = Math.min(AT_ONCE, times - done);
    await Promise.all(Array.from({ length }, () => mountOnce(name)));
  }
}

async function mountOnce(name: string): Promise<void> {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  root.render(CASES[name]());
  const end = performance.now() + PATIENCE_MS;
  do {
    await nextFrame();
    if (performance.now() > end) throw new Error(`${name} showed no picture`);
  } while (place.querySelector(PICTURE) === null);
  root.unmount();
  place.remove();
}

Object.assign(window, { mount, cases: Object.keys(CASES), forgotten: FORGOTTEN });

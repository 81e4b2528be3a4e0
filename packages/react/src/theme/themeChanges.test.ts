// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { subscribeThemeChanges, watchAround } from './themeChanges.ts';

afterEach(() => document.body.replaceChildren());

/** What a listener hears of until all that was changed has been looked at. */
async function heardOf(change: () => void): Promise<number> {
  const listener = vi.fn();
  const unsubscribe = subscribeThemeChanges(listener);
  watchAround(document.querySelector('canvas')!);
  change();
  await Promise.resolve();
  unsubscribe();
  return listener.mock.calls.length;
}

it('hears of colours that are set on any element around', async () => {
  document.body.innerHTML = '<main><section><canvas></canvas></section></main><aside></aside>';
  const [main, aside] = ['main', 'aside'].map((tag) => document.querySelector<HTMLElement>(tag)!);
  expect(await heardOf(() => main.style.setProperty('--hyperflame-text', 'red'))).toBe(1);
  expect(await heardOf(() => (main.style.colorScheme = 'dark'))).toBe(1);
  expect(await heardOf(() => (main.dataset.theme = 'dark'))).toBe(1);
  expect(await heardOf(() => (document.documentElement.className = 'dark'))).toBe(1);
  expect(await heardOf(() => (aside.dataset.theme = 'dark'))).toBe(0);
});

it('hears nothing of a drawer that is moved', async () => {
  document.body.innerHTML = '<main style="--x: 1"><canvas></canvas></main>';
  const main = document.querySelector('main')!;
  expect(await heardOf(() => (main.style.transform = 'translateX(5px)'))).toBe(0);
});

it('hears of the page around a shadow root', async () => {
  document.body.innerHTML = '<main></main>';
  const main = document.querySelector('main')!;
  const canvas = document.createElement('canvas');
  main.attachShadow({ mode: 'open' }).append(canvas);
  const listener = vi.fn();
  const unsubscribe = subscribeThemeChanges(listener);
  watchAround(canvas);
  document.body.dataset.theme = 'light';
  await Promise.resolve();
  unsubscribe();
  expect(listener).toHaveBeenCalledTimes(1);
});

it('hears of what is around a picture that was painted before anybody listened', async () => {
  document.body.innerHTML = '<main><canvas></canvas></main>';
  vi.resetModules();
  const fresh = await import('./themeChanges.ts');
  fresh.watchAround(document.querySelector('canvas')!);
  const listener = vi.fn();
  const unsubscribe = fresh.subscribeThemeChanges(listener);
  document.querySelector('main')!.dataset.theme = 'dark';
  await Promise.resolve();
  unsubscribe();
  expect(listener).toHaveBeenCalledTimes(1);
});

it('goes on hearing where one picture takes the place of another', async () => {
  document.body.innerHTML = '<main><canvas></canvas></main>';
  const [main, canvas] = ['main', 'canvas'].map((tag) => document.querySelector<HTMLElement>(tag)!);
  const unsubscribe = subscribeThemeChanges(() => undefined);
  watchAround(canvas);
  // As React does it: the next one is painted, the last one ends, the next one subscribes.
  watchAround(canvas);
  unsubscribe();
  expect(await heardOf(() => (main.dataset.theme = 'dark'))).toBe(1);
});

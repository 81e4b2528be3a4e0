// @vitest-environment jsdom
import { afterEach, expect, it, vi } from 'vitest';
import { copyText } from './copyText.ts';

afterEach(() => vi.unstubAllGlobals());

it('copies the old way on a page without a clipboard', async () => {
  let copied: string | undefined;
  document.execCommand = vi.fn((command: string) => {
    const event = Object.assign(new Event(command, { cancelable: true }), {
      clipboardData: { setData: (_: string, text: string) => (copied = text) },
    });
    return document.dispatchEvent(event);
  });
  await copyText('main › hash');
  expect(copied).toBe('main › hash');
  // Nothing is left that would change what somebody copies later.
  copied = undefined;
  document.execCommand('copy');
  expect(copied).toBeUndefined();
});

it('uses the clipboard where there is one', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  await copyText('main');
  expect(writeText).toHaveBeenCalledWith('main');
});

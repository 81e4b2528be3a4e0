import { useEffect, type ReactNode } from 'react';
import type { Preview } from '@storybook/react-vite';
import { configure } from 'storybook/test';

// A machine under load takes its time; no story is about how long.
configure({ asyncUtilTimeout: 20_000 });

/** The page round a story: as wide as asked for, in the scheme that is chosen in the toolbar. */
function Page({ theme, width, children }: { theme: string; width: string; children: ReactNode }) {
  useEffect(() => {
    // The attribute that HyperDX's pages carry; it is what the components follow.
    document.documentElement.dataset.mantineColorScheme = theme;
    document.documentElement.style.colorScheme = theme;
    document.body.style.background = theme === 'dark' ? '#16181d' : '#ffffff';
    document.body.style.margin = '0';
  }, [theme]);
  return <div style={{ maxWidth: width, margin: '0 auto' }}>{children}</div>;
}

/** A face that says it is loading may be all that a story is about. */
const MOST_WAITED_MS = 1_500;

/**
 * Code, answers and the rows that a screen reader has of a picture come when the page has a moment for
 * them, which takes a while on a busy machine: a story is looked at once they are there.
 */
async function untilSettled({ canvasElement }: { canvasElement: HTMLElement }): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame);
  const isSettled = () =>
    canvasElement.querySelector('.hf-skeleton, .hf-scroller:not(:has([role="treegrid"]))') === null;
  const from = performance.now();
  await frame();
  await new Promise<unknown>((resolve) => {
    // Safari has none.
    if ('requestIdleCallback' in window) requestIdleCallback(resolve, { timeout: 100 });
    else setTimeout(resolve, 100);
  });
  while (!isSettled() && performance.now() - from < MOST_WAITED_MS) await frame();
}

const preview: Preview = {
  afterEach: untilSettled,
  globalTypes: {
    theme: {
      description: 'Colour scheme',
      toolbar: { title: 'Theme', icon: 'contrast', items: ['light', 'dark'], dynamicTitle: true },
    },
    width: {
      description: 'Width of the panel',
      toolbar: {
        title: 'Width',
        icon: 'ruler',
        items: ['100%', '1200px', '600px', '300px'],
        dynamicTitle: true,
      },
    },
  },
  initialGlobals: { theme: 'light', width: '100%' },
  parameters: {
    layout: 'fullscreen',
    // A violation in any story fails that story's test.
    a11y: { test: 'error' },
    controls: { disable: true },
  },
  decorators: [
    (Story, { globals }) => (
      <Page theme={String(globals.theme)} width={String(globals.width)}>
        <Story />
      </Page>
    ),
  ],
};

export default preview;

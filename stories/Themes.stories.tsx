import type { CSSProperties } from 'react';
import { buildCallTree } from '@hyperflame/calltree';
import { FlameGraphView, GRAFANA_THEME } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor } from 'storybook/test';
import { buildStep } from './fixtures/recorded.ts';
import { dark } from './support/dark.ts';
import { hidePixels, showPixels } from './support/hidden.ts';
import { Picture } from './support/picture.ts';

const meta: Meta<typeof FlameGraphView> = {
  title: 'Drawing only/Themes',
  component: FlameGraphView,
  args: { tree: buildCallTree(buildStep()) },
};
export default meta;
type Story = StoryObj<typeof FlameGraphView>;

function page(
  variables: CSSProperties & Record<`--${string}`, string>,
): Pick<Story, 'decorators' | 'play'> {
  return {
    decorators: [
      (Story) => (
        <div style={variables as CSSProperties}>
          <Story />
        </div>
      ),
    ],
    play: async ({ canvasElement }) => {
      await new Picture(canvasElement).painted();
    },
  };
}

/** A page with the variables that HyperDX's pages have, dark. */
export const HyperDX = dark(
  page({
    '--color-bg-body': 'rgb(20 21 23)',
    '--color-bg-surface': 'rgb(44 46 51)',
    '--color-bg-field': 'rgb(37 38 43)',
    '--color-bg-highlighted': 'rgb(55 58 64 / 70%)',
    '--color-border-emphasis': 'rgb(55 58 64)',
    '--color-text': 'rgb(193 194 197)',
    '--color-text-muted': 'rgb(144 146 150)',
    '--color-outline-focus': 'rgb(81 207 102)',
    '--mantine-font-family': 'ui-monospace, monospace',
  }),
);

/** Nothing is set: colours of our own. */
export const Plain: Story = { play: page({}).play };
export const PlainDark = dark(Plain);

export const GrafanaLike: Story = {
  ...page(GRAFANA_THEME),
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    const root = canvasElement.querySelector('[data-hyperflame]');
    await expect(root && getComputedStyle(root).color).toBe('rgb(36, 41, 46)');
  },
};
export const GrafanaLikeDark = dark<Story>({
  ...page(GRAFANA_THEME),
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    // The canvas has it as well.
    await expect(picture.colors()).toContain('24,27,31');
  },
});

/** Variables of our own win over those of the page; colours may be written in any way. */
export const OwnVariables: Story = {
  ...page({
    '--color-bg-body': 'rgb(255 0 0)',
    '--hyperflame-background': 'light-dark(oklch(0.97 0.02 95), oklch(0.22 0.02 95))',
    '--hyperflame-palette-1': 'hsl(200 60% 75%)',
    '--hyperflame-palette-7': 'color-mix(in oklab, teal 40%, white)',
  }),
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(picture.colors()).not.toContain('255,0,0');
    const root = canvasElement.querySelector('[data-hyperflame]');
    await expect(root && getComputedStyle(root).backgroundColor).toContain('oklch');
  },
};

/** The component's own choice, whatever the page says. */
export const DarkOnALightPage: Story = {
  args: { colorScheme: 'dark' },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(picture.colors()).toContain('22,24,29');
  },
};

export const LightOnADarkPage = dark<Story>({
  args: { colorScheme: 'light' },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(picture.colors()).not.toContain('22,24,29');
    await expect(picture.colors()).toContain('255,255,255');
  },
});

/** Frames that are almost not there: what is seen through them is what is behind the picture. */
export const SeeThrough: Story = {
  args: { colorScheme: 'light' },
  ...page({
    background: 'rgb(255 245 255)',
    '--hyperflame-background': 'transparent',
    '--hyperflame-neutral': 'rgb(0 0 0 / 20%)',
  }),
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(picture.colors()).toContain('255,245,255');
    await expect(picture.colors()).toContain('204,196,204');
    await expect(picture.colors()).not.toContain('0,0,0');
  },
};

/** Colours are the theme's also where a browser gives pages noise for pixels. */
export const PixelsHidden: Story = {
  args: { colorScheme: 'light' },
  ...page({
    '--hyperflame-background': 'oklch(1 0 0)',
    '--hyperflame-neutral': 'hsl(200 60% 75%)',
  }),
  beforeEach: hidePixels,
  afterEach: showPixels,
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(picture.colors()).toContain('255,255,255');
    await expect(picture.colors()).toContain('153,204,230');
    await expect(picture.colors()).not.toContain('7,7,7');
  },
};

/** A host that gives its theme to an element of its own, and then another. */
export const ChangedAround: Story = {
  args: { colorScheme: 'light' },
  ...page({ '--hyperflame-background': 'rgb(250 240 230)' }),
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(picture.colors()).toContain('250,240,230');
    const host = canvasElement.querySelector('[data-hyperflame]')?.parentElement;
    host?.style.setProperty('--hyperflame-background', 'rgb(230 240 250)');
    await waitFor(() => expect(picture.colors()).toContain('230,240,250'));
  },
};

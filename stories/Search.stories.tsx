import { buildCallTree, functionTable, makeStackTable } from '@hyperflame/calltree';
import { FlameGraphView, TopTableView } from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import { manySmallProfile } from './fixtures/generated.ts';
import { Picture } from './support/picture.ts';

const tree = buildCallTree(
  makeStackTable(
    [
      { frames: ['main', 'json.read', 'json.token'], weight: 30e6, count: 3 },
      { frames: ['main', 'json.write'], weight: 20e6, count: 2 },
      { frames: ['main', 'hashPassword'], weight: 40e6, count: 4 },
      { frames: ['main', 'idle'], weight: 10e6, count: 1 },
    ],
    { unit: 'nanoseconds' },
  ),
);

const meta: Meta<typeof FlameGraphView> = {
  title: 'Drawing only/Search',
  component: FlameGraphView,
  args: { tree },
};
export default meta;

async function look(canvasElement: HTMLElement, text: string, outcome: string): Promise<void> {
  const canvas = within(canvasElement);
  const box = await canvas.findByRole('searchbox');
  await userEvent.clear(box);
  await userEvent.click(box);
  await userEvent.paste(text);
  await expect(await canvas.findByText(outcome)).toBeVisible();
}
type Story = StoryObj<typeof FlameGraphView>;

/** Text, expressions, letters in order, several of them; the share counts nested matches once. */
export const Kinds: Story = {
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    await look(canvasElement, 'json', '50% matched');
    await look(canvasElement, '/^json\\.r/', '30% matched');
    await look(canvasElement, '~hshpwd', '40% matched');
    await look(canvasElement, 'write || hash', '60% matched');
    await look(canvasElement, 'hash || /^json\\.r/', '70% matched');
    await look(canvasElement, '"json.read"', '30% matched');
    await look(canvasElement, '/([/', 'Not a regular expression');
  },
};

/** An expression with more ways to match a name than there is time for does not hold up the page. */
export const Endless: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable([
        { frames: ['main', `${'a'.repeat(60)}!`], weight: 40 },
        { frames: ['main', 'idle'], weight: 60 },
      ]),
    ),
  },
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    await look(canvasElement, '/^(a+)+$/', 'Takes too long');
    await look(canvasElement, 'idle || /^(a+)+$/', 'Takes too long');
    await look(canvasElement, '/^i/', '60% matched');
  },
};

/** The same among the rows of a table. */
export const EndlessInTable: StoryObj<typeof TopTableView> = {
  render: () => <TopTableView table={functionTable(Endless.args!.tree!)} />,
  play: async ({ canvas, canvasElement }) => {
    await look(canvasElement, '/^(a+)+$/', 'Takes too long');
    await look(canvasElement, '/(a/', 'Not a regular expression');
    await look(canvasElement, '/^(i|m)/', '2 functions');
    await expect(canvas.getAllByRole('rowheader').map((row) => row.textContent)).toEqual([
      'idle',
      'main',
    ]);
  },
};

const send = fn((event: Event) => event.preventDefault());

/** Enter does not send a form that a picture or a table stands in, whatever is found. */
export const InAForm: Story = {
  render: (args) => (
    <form onSubmit={(event) => send(event.nativeEvent)}>
      <FlameGraphView {...args} />
      <TopTableView table={functionTable(args.tree)} />
      <button type="submit">Send</button>
    </form>
  ),
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    send.mockClear();
    await waitFor(() => expect(canvas.getAllByRole('searchbox')).toHaveLength(2));
    for (const box of canvas.getAllByRole('searchbox')) {
      await userEvent.type(box, '{Enter}hash{Enter}!{Enter}');
    }
    await expect(send).not.toHaveBeenCalled();
  },
};

/** Siblings too narrow to show have a line around them where one of them matches. */
export const AmongNarrow: Story = {
  args: { tree: buildCallTree(manySmallProfile()) },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await look(canvasElement, 'listen', '40% matched');
    await waitFor(() => expect(picture.colorAt(0.5, 3)).toBe(picture.colorAt(0.5, 2)));
    await look(canvasElement, 'task4321', '0.01% matched');
    await waitFor(() => expect(picture.colorAt(0.5, 3)).not.toBe(picture.colorAt(0.5, 2)));
  },
};

/** Where a policy forbids workers, expressions are tried by the page itself. */
export const WithoutWorkers: Story = {
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    const strict = document.createElement('iframe');
    strict.srcdoc = `<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">`;
    const loaded = new Promise((resolve) => strict.addEventListener('load', resolve));
    document.body.append(strict);
    await loaded;
    const usual = window.Worker;
    try {
      // A worker made through the window of a page with a policy is that page's.
      window.Worker = (strict.contentWindow as typeof globalThis & Window).Worker;
      await look(canvasElement, '/^json\\.r/', '30% matched');
    } finally {
      window.Worker = usual;
      strict.remove();
    }
  },
};

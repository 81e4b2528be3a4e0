import { useState } from 'react';
import { functionTable, makeStackTable, moduleTree } from '@hyperflame/calltree';
import { ProfileTreemap, ProfileTreemapView } from '@hyperflame/react';
import { ProfileQueryError } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { bigProfile, emptyProfile, hostileProfile, partialProfile } from './fixtures/generated.ts';
import { buildStep } from './fixtures/recorded.ts';
import { answering, refusing, unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';

const meta: Meta<typeof ProfileTreemap> = {
  title: 'Asking/ProfileTreemap',
  component: ProfileTreemap,
  args: { service: 'shop', onStateChange: fn(), onSelectFrame: fn() },
};
export default meta;
type Story = StoryObj<typeof ProfileTreemap>;

export const Recorded: Story = answering('treemap recorded', buildStep());
export const RecordedDark = dark(Recorded);
export const RecordedNarrow = narrow(Recorded);
export const RecordedNarrowDark = dark(narrow(Recorded));

const native = (name: string, mapping: string) => ({ name, mapping, kind: 'native' }) as const;
const python = (name: string, pack: string) =>
  ({ name, file: `/usr/lib/python3/site-packages/${pack}/a.py`, kind: 'cpython' }) as const;
const mixed = makeStackTable(
  [
    { frames: [python('serve', 'flask'), python('load', 'yaml')], weight: 300e6, count: 30 },
    { frames: [python('serve', 'flask'), python('scan', 'yaml')], weight: 100e6, count: 10 },
    { frames: [python('serve', 'flask')], weight: 100e6, count: 10 },
    { frames: [python('serve', 'flask'), native('memcpy', 'libc.so.6')], weight: 300e6, count: 30 },
    { frames: [native('SSL_write', '/lib/libssl.so.3')], weight: 120e6, count: 12 },
    { frames: [{ name: 'tcp_sendmsg', kind: 'kernel' }], weight: 80e6, count: 8 },
  ],
  { unit: 'nanoseconds' },
);

export const Mixed: Story = answering('treemap mixed', mixed);
export const MixedDark = dark(Mixed);

/** Keys alone: into a module, into its package, to a function, and out again step by step. */
export const Keyboard: Story = {
  ...answering('treemap keyboard', mixed),
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(
      await canvas.findByRole('treegrid', { name: 'Self weight by module and package' }),
    ).toBeInTheDocument();
    picture.cursor.focus();
    const at = (name: string) => waitFor(() => expect(picture.cursorName).toBe(name));
    await userEvent.keyboard('{ArrowDown}');
    await at('Python');
    await userEvent.keyboard('{ArrowRight}');
    await at('libc.so.6');
    await userEvent.keyboard('{ArrowLeft}{Enter}');
    await expect(
      await canvas.findByText('500 ms · 50% of 1 s', { normalizer: plain }),
    ).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await at('yaml');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await at('load');
    await expect(args.onSelectFrame).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'load', self: 300e6, whole: 1e9 }),
    );
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ area: ['Python', 'yaml'] }),
    );
    await userEvent.keyboard('{Escape}');
    await at('Python');
    await userEvent.keyboard('{Escape}{Escape}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ area: [], pivot: '' }),
    );
    await expect(within(picture.cursor).getAllByRole('gridcell')[0]).toHaveTextContent(/^.1 s.$/);
  },
};

/** Once nothing else is left, Escape takes back what was done to the profile. */
export const EscapeTakesBack: Story = {
  ...answering('treemap escape', mixed),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const isThere = () => canvas.queryByRole('rowheader', { name: 'SSL_write' }) !== null;
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{End}');
    await waitFor(() => expect(picture.cursorName).toBe('Kernel'));
    await userEvent.keyboard('{ArrowLeft}{ArrowDown}');
    await waitFor(() => expect(picture.cursorName).toBe('SSL_write'));
    await userEvent.keyboard('d');
    await waitFor(() => expect(isThere()).toBe(false));
    await expect(document.activeElement).toBe(picture.cursor);
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.getByRole('button', { name: 'All samples' })).toBeVisible());
    await userEvent.keyboard('{Control>}{Home}{/Control}');
    await waitFor(() =>
      expect(within(picture.cursor).getAllByRole('gridcell')[0]).toHaveTextContent(/^.1 s.$/),
    );
  },
};

const areasOf = (load: number, scan: number) =>
  moduleTree(
    functionTable(
      makeStackTable(
        [
          { frames: [python('load', 'yaml')], weight: load, count: 1 },
          { frames: [python('scan', 'yaml')], weight: scan, count: 1 },
        ],
        { unit: 'nanoseconds' },
      ),
    ),
  );
const small = areasOf(300e6, 100e6);
const newer = areasOf(300e6, 500e6);

/** The keyboard, and an open menu, stay with a function, wherever newer data has it. */
export const StaysOverNewData: Story = {
  render: function Host(args) {
    const [tree, setTree] = useState(small);
    return (
      <>
        <button type="button" onClick={() => setTree(newer)}>
          Refresh
        </button>
        <ProfileTreemapView {...args} tree={tree} />
      </>
    );
  },
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    picture.cursor.focus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await waitFor(() => expect(picture.cursorName).toBe('load'));
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await canvas.findByRole('menu');
    await fireEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    await waitFor(() => expect(picture.canvas).toBeVisible());
    await userEvent.keyboard('{Enter}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ search: 'load' }),
    );
    await expect(document.activeElement).toBe(picture.cursor);
    await expect(picture.cursorName).toBe('load');
    await expect(within(picture.cursor).getAllByRole('gridcell')[0]).toHaveTextContent('300 ms');
  },
};

export const PointerGoesIn: Story = {
  ...answering('treemap pointer', mixed),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const box = picture.canvas.getBoundingClientRect();
    const header = { clientX: box.left + 30, clientY: box.top + 8 };
    await fireEvent.pointerMove(picture.canvas, header);
    await expect(await canvas.findByRole('tooltip')).toHaveTextContent('Python');
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('tooltip')).toBeNull();
    await fireEvent.click(picture.canvas, header);
    const path = await canvas.findByRole('group', { name: 'Zoom path' });
    await expect(within(path).getByRole('button', { name: 'Python' })).toHaveAttribute(
      'aria-current',
      'location',
    );
  },
};

export const InAZoomedPage: Story = {
  ...answering('treemap zoomed', mixed),
  render: (args) => (
    <div style={{ zoom: 0.6 }}>
      <ProfileTreemap {...args} />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    // In the far corner, where the pixels of the page and of the window are furthest apart.
    const { right, bottom } = picture.canvas.getBoundingClientRect();
    const corner = { clientX: right - 5, clientY: bottom - 5 };
    await fireEvent.pointerMove(picture.canvas, corner);
    await expect(await canvas.findByRole('tooltip')).toHaveTextContent('tcp_sendmsg');
  },
};

export const Searched: Story = {
  ...answering('treemap searched', buildStep()),
  args: { defaultState: { search: 'print' } },
};

export const WithOther: Story = {
  ...answering('treemap partial', partialProfile()),
};

/** 20 000 functions: those that can be seen have tiles, and the document stays small. */
export const Huge: Story = {
  render: (args) => (
    <ProfileTreemapView
      {...args}
      height={500}
      tree={moduleTree(functionTable(bigProfile(200_000)))}
    />
  ),
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(canvasElement.querySelectorAll('*').length).toBeLessThan(300);
  },
};
export const HugeDark = dark(Huge);

export const HostileNames: Story = {
  ...answering('treemap hostile', hostileProfile()),
  play: async ({ canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(canvasElement.querySelector('img, script, b')).toBeNull();
  },
};

export const NoSelfWeight: Story = {
  render: (args) => (
    <ProfileTreemapView
      {...args}
      tree={moduleTree(functionTable(makeStackTable([{ frames: ['freed'], weight: -5 }])))}
    />
  ),
};

export const Loading: Story = unanswered('treemap loading');
export const LoadingDark = dark(Loading);
export const LoadingNarrow = narrow(Loading);
export const Empty: Story = answering('treemap empty', emptyProfile());
export const EmptyDark = dark(Empty);
export const EmptyNarrow = narrow(Empty);
export const Failed: Story = refusing(
  'treemap failed',
  new ProfileQueryError('network', 'Failed to fetch'),
);
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

export const RightToLeft: Story = {
  ...Recorded,
  render: (args) => (
    <div dir="rtl" lang="ar">
      <ProfileTreemap {...args} locale="ar" />
    </div>
  ),
};

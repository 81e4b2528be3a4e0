import { useState, type CSSProperties } from 'react';
import {
  applyTransforms,
  buildCallTree,
  makeStackTable,
  type StackInput,
} from '@hyperflame/calltree';
import {
  decodeFlameState,
  DEFAULT_FLAME_STATE,
  encodeFlameState,
  FlameGraphView,
} from '@hyperflame/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { manySmallProfile } from './fixtures/generated.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';

/**
 *     main 100
 *       handle 70          idle 30
 *         hash 50  parse 20
 *           hash 30
 */
const stacks: readonly StackInput[] = [
  { frames: ['main', 'handle', 'hash', 'hash'], weight: 30e6, count: 3 },
  { frames: ['main', 'handle', 'hash'], weight: 20e6, count: 2 },
  { frames: ['main', 'handle', 'parse'], weight: 20e6, count: 2 },
  { frames: ['main', 'idle'], weight: 30e6, count: 3 },
];
const tree = buildCallTree(makeStackTable(stacks, { unit: 'nanoseconds' }));

/** What is told by itself as it changes, to those who cannot see it change. */
const spoken = (root: HTMLElement): string[] =>
  [...root.querySelectorAll('[role="status"], [aria-live="polite"]')]
    .map(({ textContent }) => plain(textContent))
    .filter(Boolean);

const meta: Meta<typeof FlameGraphView> = {
  title: 'Drawing only/FlameGraphView behaviour',
  component: FlameGraphView,
  args: { tree, onStateChange: fn(), onSelectFrame: fn() },
};
export default meta;
type Story = StoryObj<typeof FlameGraphView>;

export const ClickZooms: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.click(0.1, 2);
    const path = canvas.getByRole('group', { name: 'Zoom path' });
    await expect(within(path).getByRole('button', { name: 'handle' })).toHaveAttribute(
      'aria-current',
      'location',
    );
    await expect(canvas.getByText('70 ms · 70% of 100 ms', { normalizer: plain })).toBeVisible();
    await expect(args.onSelectFrame).toHaveBeenLastCalledWith(
      expect.objectContaining({
        name: 'handle',
        total: 70e6,
        self: 0,
        whole: 100e6,
        totalCount: 7,
      }),
    );

    // The picture at rest: what was 0 … 70 % of the width is now all of it.
    await waitFor(async () => {
      await picture.hover(0.99, 3);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent('parse');
    });

    await userEvent.click(canvas.getByRole('button', { name: 'Reset zoom' }));
    await expect(canvas.queryByRole('button', { name: 'Reset zoom' })).toBeNull();
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ focus: [] }),
    );
  },
};

/** A screen reader or a voice clicks a row, and knows of no place. */
export const ClickWithoutAPlace: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    await new Picture(canvasElement).painted();
    (await canvas.findByRole('row', { name: /^main/ })).click();
    await expect(args.onSelectFrame).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'main' }),
    );
    await canvas.findByRole('button', { name: 'Reset zoom' });
  },
};

/** Where the button that had the keyboard's focus goes, the picture has it. */
export const ResetByKeyboard: Story = {
  args: { defaultState: { focus: ['main', 'handle'] } },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    (await canvas.findByRole('button', { name: 'Reset zoom' })).focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Reset zoom' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toHaveAttribute('role', 'row'));
  },
};

export const TooltipTellsFigures: Story = {
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.hover(0.1, 3);
    const tooltip = await canvas.findByRole('tooltip');
    await expect(tooltip).toHaveTextContent('hash');
    await expect(tooltip).toHaveTextContent(/Total\W?50 ms\W?50%5 samples/);
    await expect(tooltip).toHaveTextContent(/Self\W?20 ms\W?20%2 samples/);
    await picture.hover(0.9, 3);
    await waitFor(() => expect(canvas.queryByRole('tooltip')).toBeNull());

    // It goes without the hand being moved, wherever the keyboard's focus is.
    await picture.hover(0.1, 3);
    await expect(tooltip).toBeVisible();
    await expect(document.body).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect(tooltip).not.toBeVisible();
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(tooltip).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect(tooltip).not.toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    await expect(tooltip).toBeVisible();
  },
};

/** A page that is zoomed, or a board that is scaled: what is pointed at is what is told of, beside the pointer. */
const inHost = (style: CSSProperties): Story => ({
  decorators: (Story) => (
    <div style={style}>
      <Story />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    for (const [share, depth, name] of [
      [0.45, 3, 'hash'],
      [0.55, 3, 'parse'],
      [0.65, 2, 'handle'],
      [0.75, 2, 'idle'],
    ] as const) {
      await picture.hover(share, depth);
      await waitFor(() =>
        expect(canvas.getByRole('tooltip')).toHaveTextContent(new RegExp(`^${name}Total`)),
      );
      const { clientX, clientY } = picture.point(share, depth);
      const { left, right, top } = canvas.getByRole('tooltip').getBoundingClientRect();
      // On either side of it, of which there may be room on one.
      const beside = Math.min(Math.abs(left - clientX), Math.abs(right - clientX));
      await expect(beside).toBeLessThan(20);
      await expect(Math.abs(top - clientY)).toBeLessThan(5);
    }
    await picture.openMenu(0.55, 3);
    // The code that places it may have to come first.
    await waitFor(() => {
      const menu = canvas.getByRole('menu').getBoundingClientRect();
      return expect(Math.abs(menu.left - picture.point(0.55, 3).clientX)).toBeLessThan(10);
    });
  },
});
export const InAZoomedPage = inHost({ zoom: 0.8 });
export const OnAScaledBoard = inHost({ transform: 'scale(0.7)', transformOrigin: '0 0' });

/** Frames that are too narrow one by one have a tooltip together, and a click comes closer to them. */
export const TooNarrowToShow: Story = {
  args: { tree: buildCallTree(manySmallProfile()) },
  play: async ({ args, canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    // Below what all of them were called by, and where no pixel is its own.
    await picture.hover(0.5, 3);
    const tooltip = await canvas.findByRole('tooltip');
    await expect(tooltip).toHaveTextContent(/Too narrow to showTotal\W?6 s\W?60%6,000 samples/);
    await picture.hover(0.5, 4);
    await waitFor(() => expect(canvas.queryByRole('tooltip')).toBeNull());

    // 6000 tasks, each a hundredth of a percent of the width, eight times as wide with a click.
    await picture.click(0.5, 3);
    await waitFor(async () => {
      await picture.hover(0.9, 3);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent(/^task\d+Total\W?1 ms/);
    });
    await picture.hover(0.9, 2);
    await expect(canvas.getByRole('tooltip')).toHaveTextContent('pool.run');
    await expect(args.onSelectFrame).not.toHaveBeenCalled();
  },
};

/** Where they are few pixels together, a click makes them fill the width, from end to end. */
export const FewPixelsOfThem: Story = {
  args: { tree: buildCallTree(manySmallProfile(200e9)) },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.click(0.99, 3);
    for (const share of [0.001, 0.5, 0.999]) {
      await waitFor(async () => {
        await picture.hover(share, 3);
        await expect(canvas.getByRole('tooltip')).toHaveTextContent('Too narrow to show');
      });
    }
    await picture.click(0.5, 3);
    await waitFor(async () => {
      await picture.hover(0.5, 3);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent(/^task\d+Total\W?1 ms/);
    });
    // The keyboard goes on from there.
    await userEvent.keyboard('{Escape}');
    await waitFor(async () => {
      await picture.hover(0.5, 2);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent('listen');
    });
  },
};

/** Every frame is reached by keys, and what is reached is told. */
export const Keyboard: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    picture.cursor.focus();
    await expect(picture.cursorName).toBe('All samples');
    const press = async (keys: string, name: string): Promise<void> => {
      await userEvent.keyboard(keys);
      await waitFor(() => expect(picture.cursorName).toBe(name));
      await expect(document.activeElement).toBe(picture.cursor);
    };
    await press('{ArrowDown}', 'main');
    await press('{ArrowDown}', 'handle');
    await press('{ArrowRight}', 'idle');
    await press('{ArrowRight}', 'idle');
    await press('{ArrowLeft}', 'handle');
    await press('{End}', 'idle');
    await press('{Home}', 'handle');
    await press('{ArrowDown}{ArrowRight}', 'parse');
    await press('{ArrowUp}', 'handle');
    await press('{Control>}{End}{/Control}', 'hash');
    await expect(picture.cursor).toHaveAttribute('aria-level', '5');
    await press('{Control>}{Home}{/Control}', 'All samples');
    await press('{PageDown}', 'hash');

    await press('{ArrowUp}{Enter}', 'hash');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ focus: ['main', 'handle', 'hash'] }),
    );
    await press('{Backspace}', 'handle');
    await userEvent.keyboard(' ');
    await expect(args.onSelectFrame).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'handle' }),
    );
    await userEvent.keyboard('/');
    await expect(canvas.getByRole('searchbox')).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(document.activeElement).toBe(picture.cursor);
  },
};

/** What the details are of goes to another frame, so the ring does not stay at the last one. */
export const PivotLeavesSelection: Story = {
  args: { pivotable: true },
  play: async ({ canvas, canvasElement, args }) => {
    await new Picture(canvasElement).painted();
    const tree = canvas.getByRole('treegrid');
    within(tree)
      .getByRole('row', { name: /^All samples/ })
      .focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown} {ArrowDown}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ selected: ['main', 'handle'] }),
    );
    await userEvent.keyboard('p');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ pivot: 'hash', selected: [], view: 'sandwich' }),
    );
  },
};

/** What a screen reader is told about a frame: figures, level, and position. */
export const AccessibleTwin: Story = {
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const grid = canvas.getByRole('treegrid', { name: 'Icicle graph' });
    await expect(grid).toHaveAttribute('aria-rowcount', String(tree.length + 1));
    const headers = within(grid)
      .getAllByRole('columnheader')
      .map((header) => header.textContent);
    await expect(headers).toEqual(['Function', 'Total', 'Share', 'Self']);
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}');
    await waitFor(() => expect(picture.cursorName).toBe('parse'));
    const cells = within(picture.cursor)
      .getAllByRole('gridcell')
      .map((cell) => plain(cell.textContent));
    await expect(cells).toEqual(['20 ms', '20%', '20 ms']);
    await expect(picture.cursor).toHaveAttribute('aria-level', '4');
    await expect(picture.cursor).toHaveAttribute('aria-posinset', '2');
    await expect(picture.cursor).toHaveAttribute('aria-setsize', '2');
    // The row lies exactly over its rectangle.
    const box = picture.cursor.getBoundingClientRect();
    const { clientX, clientY } = picture.point(0.5, 3);
    await expect(Math.abs(box.left - clientX)).toBeLessThan(2);
    await expect(Math.abs(box.top + 10 - clientY)).toBeLessThan(2);
  },
};

/** A share counts a recursive function once, and the other percentages stay as they were. */
export const SearchTellsShare: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const before = picture.colors().size;
    await userEvent.type(canvas.getByRole('searchbox'), 'HASH');
    await expect(await canvas.findByText('50% matched')).toBeVisible();
    await waitFor(() => expect(picture.colors().size).not.toBe(before));
    const told = () => spoken(canvasElement);
    await expect(told()).toEqual(['50% matched', '100 ms · 10 samples']);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(picture.cursorName).toBe('hash'));
    await expect(picture.cursor).toHaveAttribute('aria-level', '4');
    // The focus stays in the box, so the match is told.
    await expect(told()).toContain('hash, Total 50 ms, Share 50%, Self 20 ms');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(picture.cursor).toHaveAttribute('aria-level', '5'));
    await expect(told()).toContain('hash, Total 30 ms, Share 30%, Self 30 ms');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      // Details that nobody has opened stay closed.
      expect.objectContaining({ selected: ['main', 'handle', 'hash', 'hash'], pivot: '' }),
    );
    await expect(args.onSelectFrame).toHaveBeenLastCalledWith(
      expect.objectContaining({ name: 'hash', total: 30e6 }),
    );
    await userEvent.click(canvas.getByRole('button', { name: 'Clear search' }));
    await waitFor(() => expect(canvas.queryByText('50% matched')).toBeNull());
    await expect(told()).toEqual(['100 ms · 10 samples']);
    // A row that is zoomed to keeps the focus, so what is shown now is told.
    picture.cursor.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(told()).toEqual(['30 ms · 30% of 100 ms']));
    await userEvent.keyboard('{Backspace}');
    await userEvent.type(canvas.getByRole('searchbox'), 'nothing of the kind');
    await expect(await canvas.findByText('No match')).toBeVisible();
  },
};

/** Details of a function go along from match to match. */
export const DetailsFollowSearch: Story = {
  args: { defaultState: { search: 'parse', pivot: 'hash' } },
  play: async ({ canvas, canvasElement, args }) => {
    await new Picture(canvasElement).painted();
    await expect(await canvas.findByText(/ matched$/)).toBeVisible();
    canvas.getByRole('searchbox').focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(args.onStateChange).toHaveBeenLastCalledWith(
        expect.objectContaining({ pivot: 'parse' }),
      ),
    );
  },
};

/** A key that does nothing here is the host's. */
export const WithoutSearchBox: Story = {
  args: { toolbar: false },
  play: async ({ canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const isLeftAlone = await fireEvent.keyDown(picture.cursor, { key: '/' });
    await expect(isLeftAlone).toBe(true);
  },
};

const onHostKey = fn();

/** Escape undoes one thing at a time; with nothing left to undo, it is the host's. */
export const EscapeGoesBack: Story = {
  decorators: [
    (Story) => (
      <div onKeyDown={(event) => onHostKey(event.key)}>
        <Story />
      </div>
    ),
  ],
  args: { defaultState: { search: 'hash', focus: ['main', 'handle'], selected: ['main'] } },
  play: async ({ canvas, canvasElement, args }) => {
    onHostKey.mockClear();
    const picture = new Picture(canvasElement);
    await picture.painted();
    picture.cursor.focus();
    const last = (change: object) =>
      expect(args.onStateChange).toHaveBeenLastCalledWith(expect.objectContaining(change));
    await userEvent.keyboard('{Escape}');
    await last({ search: '', focus: ['main', 'handle'] });
    await expect(picture.cursor).toHaveAttribute('data-mantine-stop-propagation', 'true');
    await userEvent.keyboard('{Escape}');
    await last({ focus: [], selected: ['main'] });
    await userEvent.keyboard('{Escape}');
    await last({ selected: [] });
    await expect(onHostKey).not.toHaveBeenCalled();
    await expect(picture.cursor).not.toHaveAttribute('data-mantine-stop-propagation');
    await userEvent.keyboard('{Escape}');
    await expect(onHostKey).toHaveBeenCalledWith('Escape');

    // In the search box, the text goes first, then the host has it.
    onHostKey.mockClear();
    await userEvent.type(canvas.getByRole('searchbox'), 'x{Escape}');
    await expect(canvas.getByRole('searchbox')).toHaveValue('');
    await expect(onHostKey).not.toHaveBeenCalledWith('Escape');
    await userEvent.keyboard('{Escape}');
    await expect(onHostKey).toHaveBeenCalledWith('Escape');
  },
};

/** Closer by wheel and key, along by drag, back by Escape; the minimap is there meanwhile. */
export const ZoomByHand: Story = {
  args: { height: 300 },
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const minimap = () => canvasElement.querySelector('.hf-minimap');
    await expect(minimap()).toBeNull();

    // Four times as large around the right edge: `idle`, the last 30 %, fills the picture.
    const { clientX, clientY } = picture.point(1, 2);
    await fireEvent.wheel(picture.canvas, {
      clientX,
      clientY,
      ctrlKey: true,
      deltaY: -Math.log(4) / 0.0025,
    });
    await waitFor(async () => {
      await picture.hover(0.02, 2);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent('idle');
    });
    await waitFor(() => expect(minimap()).toBeVisible());

    // A wheel that turns a page with each notch zooms as far as any.
    const inSight = () =>
      canvasElement.querySelector('.hf-minimap-window')!.getBoundingClientRect().width;
    const before = inSight();
    const notch = { clientX, clientY, ctrlKey: true, deltaMode: WheelEvent.DOM_DELTA_PAGE };
    await fireEvent.wheel(picture.canvas, { ...notch, deltaY: 1 });
    await waitFor(() => expect(inSight() / before).toBeGreaterThan(1.2));
    await fireEvent.wheel(picture.canvas, { ...notch, deltaY: -1 });
    await waitFor(() => expect(inSight() / before).toBeCloseTo(1));

    // Dragged all the way to the right: the other end comes into sight. A drag is no click.
    const from = picture.point(0.1, 2);
    const to = picture.point(5, 2);
    await userEvent.pointer([
      { target: picture.canvas, keys: '[MouseLeft>]', coords: from },
      { target: picture.canvas, coords: to },
      { target: picture.canvas, keys: '[/MouseLeft]', coords: to },
    ]);
    await waitFor(async () => {
      await picture.hover(0.02, 2);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent('handle');
    });
    await expect(args.onSelectFrame).not.toHaveBeenCalled();

    picture.cursor.focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(minimap()).not.toBeVisible());
    await userEvent.keyboard('+');
    await waitFor(() => expect(minimap()).toBeVisible());
    await userEvent.keyboard('-');
    await waitFor(() => expect(minimap()).not.toBeVisible());
  },
};

/** What can be done with a frame, by the pointer's second button or by key. */
export const FrameMenu: Story = {
  args: {
    scope: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' },
    onFilter: fn(),
    onOpenSpan: fn(),
    onOpenLogs: fn(),
    actions: [{ id: 'source', label: 'Open source', run: fn() }],
  },
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.openMenu(0.1, 2);
    const menu = await canvas.findByRole('menu', { name: 'Frame actions' });
    const entries = within(menu)
      .getAllByRole('menuitem')
      .map((item) => item.firstElementChild?.textContent);
    await expect(entries).toEqual([
      'Zoom in',
      'Search for this function',
      'Copy name',
      'Copy stack',
      'Copy subtree',
      'Filter for this function',
      'Filter out this function',
      'Open span',
      'Open logs',
      'Open source',
    ]);
    await expect(within(menu).getByRole('menuitem', { name: 'Zoom in' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    await expect(within(menu).getByRole('menuitem', { name: 'Open source' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(canvas.queryByRole('menu')).toBeNull());
    await expect(picture.cursorName).toBe('handle');
    await expect(document.activeElement).toBe(picture.cursor);

    const choose = async (label: string): Promise<void> => {
      await userEvent.keyboard('{Shift>}{F10}{/Shift}');
      await userEvent.click(await canvas.findByText(label));
      await expect(document.activeElement).toBe(picture.cursor);
    };
    const frame = expect.objectContaining({ name: 'handle', path: ['main', 'handle'] });
    await choose('Filter out this function');
    await expect(args.onFilter).toHaveBeenCalledWith(
      { key: 'code.function.name', value: 'handle', mode: 'exclude' },
      frame,
    );
    await choose('Open span');
    await expect(args.onOpenSpan).toHaveBeenCalledWith(args.scope, frame);
    await choose('Open logs');
    await expect(args.onOpenLogs).toHaveBeenCalledWith(args.scope, frame);
    await choose('Open source');
    await expect(args.actions?.[0].run).toHaveBeenCalledWith(frame);
    await choose('Search for this function');
    await expect(canvas.getByRole('searchbox')).toHaveValue('handle');
    await choose('Zoom in');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ focus: ['main', 'handle'] }),
    );
  },
};

/** A splitter of the host's that is closed leaves the picture nothing, not as much as it likes. */
export const NoHeight: Story = {
  render: function Host(args) {
    const [height, setHeight] = useState(0);
    return (
      <>
        <button type="button" onClick={() => setHeight(120)}>
          Open
        </button>
        <FlameGraphView {...args} height={height} />
      </>
    );
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await canvas.findByRole('treegrid');
    await waitFor(() => expect(picture.canvas.getBoundingClientRect().width).toBeGreaterThan(0));
    await expect(picture.canvas.getBoundingClientRect().height).toBe(0);
    await userEvent.click(canvas.getByRole('button', { name: 'Open' }));
    await picture.painted();
    await expect(picture.canvas.getBoundingClientRect().height).toBe(118);
  },
};

/** The host keeps the state, as text, the way it would in a URL. */
export const Controlled: Story = {
  render: function Host(args) {
    const [link, setLink] = useState('');
    return (
      <>
        <FlameGraphView
          {...args}
          state={decodeFlameState(link) ?? DEFAULT_FLAME_STATE}
          onStateChange={(state) => setLink(encodeFlameState(state))}
        />
        <output data-testid="link" style={{ overflowWrap: 'anywhere' }}>
          {link}
        </output>
      </>
    );
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.click(0.1, 3);
    await userEvent.click(canvas.getByRole('button', { name: /^Flame/ }));
    await userEvent.type(canvas.getByRole('searchbox'), 'par');
    const link = canvas.getByTestId('link').textContent ?? '';
    await expect(link).toMatch(/^3\.[\w-]+$/);
    await expect(decodeFlameState(link)).toEqual({
      ...DEFAULT_FLAME_STATE,
      focus: ['main', 'handle', 'hash'],
      selected: ['main', 'handle', 'hash'],
      pivot: 'hash',
      orientation: 'flame',
      search: 'par',
    });
    await userEvent.click(canvas.getByRole('button', { name: 'Reset zoom' }));
    await expect(decodeFlameState(canvas.getByTestId('link').textContent ?? '')?.focus).toEqual([]);
  },
};

const newer = buildCallTree(
  makeStackTable(
    [
      { frames: ['main', 'idle'], weight: 80e6 },
      { frames: ['main', 'handle', 'parse'], weight: 10e6 },
    ],
    { unit: 'nanoseconds' },
  ),
);

/** Zoom and cursor are kept by what the frames are, so they outlive the data they were set on. */
export const FocusSurvivesNewData: Story = {
  render: function Host(args) {
    const [shown, setShown] = useState(tree);
    return (
      <>
        <button type="button" onClick={() => setShown(newer)}>
          Refresh
        </button>
        <FlameGraphView {...args} tree={shown} />
      </>
    );
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.click(0.1, 3);
    await expect(canvas.getByText('50 ms · 50% of 100 ms', { normalizer: plain })).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Refresh' }));
    // `hash` is gone; its caller is where the zoom now is.
    await expect(
      await canvas.findByText('10 ms · 11.1% of 90 ms', { normalizer: plain }),
    ).toBeVisible();
    await expect(picture.cursorName).toBe('handle');
  },
};

/** Thousands of stacks of which none is wide enough to be seen before one comes closer. */
const manyStacks = buildCallTree(
  makeStackTable(
    Array.from({ length: 5_000 }, (_, i) => ({
      frames: Array.from({ length: 20 }, (_, depth) => `f${depth < 4 ? 0 : i}.${depth}`),
      weight: 1e6,
    })),
    { unit: 'nanoseconds' },
  ),
);

/** What is wide enough only from nearby can be scrolled to, and so can the frame that a key is at. */
export const DeeperFromNearby: Story = {
  args: { tree: manyStacks },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const scroller = picture.canvas.closest('.hf-scroller')!;
    await expect(scroller.scrollHeight).toBe(scroller.clientHeight);
    picture.cursor.focus();
    await userEvent.keyboard('{ArrowDown>12/}');
    const isInSight = (): void => {
      const row = picture.cursor.getBoundingClientRect();
      const box = scroller.getBoundingClientRect();
      void expect(row.top).toBeGreaterThanOrEqual(box.top);
      void expect(row.bottom).toBeLessThanOrEqual(box.bottom);
    };
    await waitFor(isInSight);
    await waitFor(() => expect(canvas.getByRole('tooltip')).toBeVisible());
    await userEvent.keyboard('{Control>}{Home}{/Control}+++++++++++++');
    await waitFor(() => expect(scroller.scrollHeight).toBeGreaterThanOrEqual(21 * 20));
    await userEvent.keyboard('0');
    await waitFor(() => expect(scroller.scrollHeight).toBe(scroller.clientHeight));
  },
};

/** Sixty rows of recursion beside thirty-five of something else. */
const deep = buildCallTree(
  makeStackTable(
    [
      { frames: ['main', ...Array.from({ length: 60 }, () => 'again'), 'leaf'], weight: 50e6 },
      { frames: ['main', 'a', ...Array.from({ length: 35 }, (_, i) => `s${i}`)], weight: 50e6 },
    ],
    { unit: 'nanoseconds' },
  ),
);

/** Of a flame, whatever makes the picture or the part in sight shorter leaves the root in sight. */
export const FlameKeepsItsRoot: Story = {
  args: { tree: deep, defaultState: { orientation: 'flame' } },
  render: function Host(args) {
    const [height, setHeight] = useState(500);
    return (
      <>
        <button type="button" onClick={() => setHeight(400)}>
          Lower
        </button>
        <FlameGraphView {...args} height={height} />
      </>
    );
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const scroller = canvasElement.querySelector('.hf-scroller')!;
    const below = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    await waitFor(() => expect(below()).toBeLessThan(1));
    // The last row but two, in the right half: `a`, which has half of the rows on it.
    const rows = scroller.clientHeight / 20;
    await picture.click(0.75, rows - 2.9);
    await canvas.findByText('50 ms · 50% of 100 ms', { normalizer: plain });
    await expect(below()).toBeLessThan(1);
    await userEvent.click(canvas.getByRole('button', { name: 'Reset zoom' }));
    await canvas.findByText(/^100 ms · /, { normalizer: plain });
    await expect(below()).toBeLessThan(1);
    await userEvent.click(canvas.getByRole('button', { name: 'Lower' }));
    await expect(below()).toBeLessThan(1);
  },
};

/** The list of a menu scrolls along with its focus. */
export const LongMenuByKey: Story = {
  args: {
    transformable: true,
    height: 300,
    actions: Array.from({ length: 30 }, (_, i) => ({
      id: `action${i}`,
      label: `Action ${i}`,
      run: () => undefined,
    })),
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.openMenu(0.1, 2);
    await userEvent.keyboard('{End}');
    const last = canvas.getByRole('menuitem', { name: 'Action 29' });
    await expect(last).toHaveFocus();
    const list = canvasElement.ownerDocument.querySelector('.hf-menu')!.getBoundingClientRect();
    const { top, bottom } = last.getBoundingClientRect();
    await expect(top).toBeGreaterThanOrEqual(list.top);
    await expect(bottom).toBeLessThanOrEqual(list.bottom + 1);
    // What Firefox asks after a key that opens a menu; the answer `true` would open its own.
    await expect(await fireEvent.contextMenu(last)).toBe(false);
    // What it belongs to may be moved away under it.
    await fireEvent.wheel(picture.canvas, { deltaY: 100 });
    await waitFor(() => expect(canvas.queryByRole('menu')).toBeNull());
  },
};

/** The buttons of a search are for matches in sight. */
export const NoMatchInHere: Story = {
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await userEvent.type(canvas.getByRole('searchbox'), 'hash');
    await expect(await canvas.findByText('50% matched', { normalizer: plain })).toBeVisible();
    await expect(canvas.getByRole('button', { name: 'Next match' })).toBeEnabled();
    await picture.click(0.9, 2);
    await canvas.findByText('30 ms · 30% of 100 ms', { normalizer: plain });
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Next match' })).toBeDisabled());
  },
};

/** A match comes into a picture that is zoomed by hand, also after that was pressed on. */
export const MatchComesIntoSight: Story = {
  args: { height: 300 },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const right = picture.point(1, 2);
    const deltaY = -Math.log(4) / 0.0025;
    await fireEvent.wheel(picture.canvas, { ...right, ctrlKey: true, deltaY });
    await waitFor(async () => {
      await picture.hover(0.02, 2);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent('idle');
    });
    await userEvent.pointer([
      { target: picture.canvas, keys: '[MouseLeft>]', coords: picture.point(0.5, 2) },
      { target: picture.canvas, coords: picture.point(0.4, 2) },
      { target: picture.canvas, keys: '[/MouseLeft]', coords: picture.point(0.4, 2) },
    ]);
    await userEvent.type(canvas.getByRole('searchbox'), 'parse');
    await canvas.findByText('20% matched', { normalizer: plain });
    await userEvent.keyboard('{Enter}');
    await waitFor(async () => {
      await picture.hover(0.5, 3);
      await expect(canvas.getByRole('tooltip')).toHaveTextContent('parse');
    });
  },
};

/** A second click on a place is one of a double click, and one with Shift goes further away. */
export const DoubleClickPicksOnce: Story = {
  play: async ({ canvas, canvasElement, args }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    const at = picture.point(0.1, 3);
    await fireEvent.pointerDown(picture.canvas, at);
    await fireEvent.click(picture.canvas, { ...at, detail: 1 });
    await fireEvent.click(picture.canvas, { ...picture.point(0.9, 2), detail: 2 });
    await fireEvent.click(picture.canvas, { ...picture.point(0.9, 2), detail: 1, shiftKey: true });
    await expect(args.onSelectFrame).toHaveBeenCalledTimes(1);
    await expect(
      await canvas.findByText('50 ms · 50% of 100 ms', { normalizer: plain }),
    ).toBeVisible();
  },
};

/** Whoever presses on the picture has its keys: Escape takes the zoom back, and no drawer closes. */
export const PressesKeepTheKeys: Story = {
  args: { height: 300 },
  decorators: [
    (Story) => (
      <div onKeyDown={(event) => onHostKey(event.key)}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvas, canvasElement }) => {
    onHostKey.mockClear();
    const picture = new Picture(canvasElement);
    await picture.painted();
    const { canvas: target } = picture;
    const minimap = () => canvasElement.querySelector<HTMLElement>('.hf-minimap');
    const fromElsewhere = async (hand: Parameters<typeof userEvent.pointer>[0]) => {
      canvas.getByRole('searchbox').focus();
      await userEvent.pointer(hand);
      await expect(picture.cursor).toHaveFocus();
    };
    const coords = picture.point(0.1, 2);
    await fromElsewhere({ target, keys: '[MouseLeft][MouseLeft]', coords });
    await userEvent.keyboard('{Escape}');
    await expect(onHostKey).not.toHaveBeenCalled();

    // Where no frame is.
    await fromElsewhere({ target, keys: '[MouseLeft]', coords: picture.point(0.5, 8) });
    const to = picture.point(0.3, 2);
    await fromElsewhere([
      { target, keys: '[MouseLeft>]', coords },
      { target, coords: to },
      { target, keys: '[/MouseLeft]', coords: to },
    ]);
    await userEvent.keyboard('+');
    await waitFor(() => expect(minimap()).toBeVisible());
    await fromElsewhere({ target: minimap()!, keys: '[MouseLeft]' });
    await userEvent.keyboard('{Escape}');
    await expect(onHostKey).not.toHaveBeenCalledWith('Escape');
    await waitFor(() => expect(minimap()).not.toBeVisible());
  },
};

/** Counts are told apart from samples where they are not the same. */
export const CountsOfSomethingElse: Story = {
  args: {
    tree: buildCallTree(
      makeStackTable(
        [
          { frames: ['main', 'hash'], weight: 30, count: 1 },
          { frames: ['main', 'parse'], weight: 12, count: 1 },
        ],
        { unit: 'count' },
      ),
    ),
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(canvas.getByText('42 · 2 samples', { normalizer: plain })).toBeVisible();
    await picture.hover(0.1, 2);
    await waitFor(() => expect(canvas.getByRole('tooltip')).toHaveTextContent('1 sample'));
  },
};

/** What leaves nothing to draw is taken back by the key that takes back everything. */
export const EscapeFromNothing: Story = {
  args: { transformable: true, height: 300 },
  render: function Host(args) {
    const [state, setState] = useState(DEFAULT_FLAME_STATE);
    const table = makeStackTable(stacks, { unit: 'nanoseconds' });
    const changed = buildCallTree(applyTransforms(table, state.transforms));
    return <FlameGraphView {...args} tree={changed} state={state} onStateChange={setState} />;
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    (await canvas.findByRole('row', { name: /^main/ })).focus();
    // Only what ends in it: nothing does.
    // The code of such keys comes a moment later.
    const face = await waitFor(async () => {
      await userEvent.keyboard('S');
      return canvas.getByText('This profile has no samples').parentElement;
    });
    await waitFor(() => expect(face).toHaveFocus());
    await userEvent.keyboard('{Escape}');
    await picture.painted();
    await waitFor(() => expect(picture.cursor).toHaveFocus());
  },
};

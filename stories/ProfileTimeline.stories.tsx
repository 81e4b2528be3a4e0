import { useState } from 'react';
import {
  DEFAULT_FLAME_STATE,
  ProfileTimeline,
  ProfileTimelineView,
  ProfilesProvider,
  type TimeGrid,
} from '@hyperflame/react';
import { ProfileQueryError, type Profiles } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { QueryClient } from '@tanstack/react-query';
import { expect, fireEvent, fn, userEvent, waitFor } from 'storybook/test';
import { CPU, heatmapOf, profilesOf, timelineOf } from './fixtures/answers.ts';
import { emptyProfile } from './fixtures/generated.ts';
import { answering } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';

const from = new Date('2026-11-20T10:00:00Z');
const to = new Date('2026-11-20T10:02:00Z');
const day = { from: new Date('2026-11-20T00:00:00Z'), to: new Date('2026-11-21T00:00:00Z') };

const timing = (key: string, other: Partial<Pick<Profiles, 'heatmap' | 'timeline'>> = {}) =>
  answering(key, emptyProfile(), {
    heatmap: async () => heatmapOf(from, 120),
    timeline: async () => timelineOf(day.from, 96),
    ...other,
  });

/** What a host hears of a time that was picked, in milliseconds after the first. */
const picked = (begin: number, end: number): unknown =>
  expect.objectContaining({
    timeWindow: { from: +from + begin, to: +from + end, profileType: CPU },
  });

const spans = [
  { id: '1', name: 'GET /checkout', from: +from + 20e3, to: +from + 52e3 },
  { id: '2', name: 'SELECT cart', from: +from + 22e3, to: +from + 31e3 },
  { id: '3', name: 'POST /pay', from: +from + 33e3, to: +from + 50e3 },
  { id: '4', name: 'GET /health', from: +from + 90e3, to: +from + 91e3 },
];

const meta: Meta<typeof ProfileTimeline> = {
  title: 'Asking/ProfileTimeline',
  component: ProfileTimeline,
  args: {
    service: 'shop',
    timeRange: { from, to },
    timeZone: 'UTC',
    locale: 'en-GB',
    onStateChange: fn(),
  },
};
export default meta;
type Story = StoryObj<typeof ProfileTimeline>;

export const Seconds: Story = { ...timing('timeline seconds'), args: { spans } };
export const SecondsDark = dark(Seconds);
export const SecondsNarrow = narrow(Seconds);
export const SecondsNarrowDark = dark(narrow(Seconds));

/** Longer than an hour: bars, because nobody can tell seconds apart any more. */
export const Day: Story = { ...timing('timeline day'), args: { timeRange: day } };
export const DayDark = dark(Day);
export const DayNarrow = narrow(Day);

/** Where single rows would be too many, a part of them tells of all. */
export const Sampled: Story = {
  ...timing('timeline sampled', {
    timeline: async () => ({
      ...timelineOf(day.from, 96),
      sampling: { rate: 0.04, expectedError: 0.012 },
    }),
  }),
  args: { timeRange: day },
};
export const SampledDark = dark(Sampled);
export const SampledNarrow = narrow(Sampled);

let asked = 0;
let answers = new QueryClient();
const failingAgain = profilesOf({
  key: 'timeline out of date',
  flamegraph: () => new Promise(() => undefined),
  heatmap: async () => {
    if (asked++ === 1) throw new ProfileQueryError('limit', 'Timeout exceeded: elapsed 30 s.');
    return heatmapOf(from, 120);
  },
});

/** What was there stays, and says that it is not the newest. */
export const OutOfDate: Story = {
  beforeEach: () => {
    asked = 0;
    answers = new QueryClient();
  },
  render: (args) => (
    <ProfilesProvider profiles={failingAgain} queryClient={answers}>
      <ProfileTimeline {...args} />
    </ProfilesProvider>
  ),
  play: async ({ canvas }) => {
    await canvas.findByRole('slider');
    await answers.invalidateQueries();
    await expect(await canvas.findByText('Timeout exceeded: elapsed 30 s.')).toBeVisible();
    await expect(canvas.getByRole('slider')).toBeVisible();
  },
};
export const OutOfDateDark = dark(OutOfDate);

let isReachable = false;
/** What is pressed to try again goes away, and leaves the keyboard's focus where the picture will be. */
export const TriedAgain: Story = {
  ...timing('timeline tried again', {
    heatmap: async () => {
      if (!isReachable) throw new ProfileQueryError('network', 'Failed to fetch');
      return heatmapOf(from, 120);
    },
  }),
  beforeEach: () => {
    isReachable = false;
  },
  play: async ({ canvas }) => {
    (await canvas.findByRole('button', { name: 'Try again' })).focus();
    isReachable = true;
    await userEvent.keyboard('{Enter}');
    const slider = await canvas.findByRole('slider');
    await expect(document.activeElement).toContainElement(slider);
    await expect(document.body).not.toHaveFocus();
    await userEvent.tab();
    await expect(slider).toHaveFocus();
  },
};
export const OutOfDateNarrow = narrow(OutOfDate);

/** One part of a second, gone to by keys. */
export const PartOfASecond: Story = {
  ...timing('timeline part'),
  play: async ({ canvas }) => {
    (await canvas.findByRole('slider')).focus();
    await userEvent.keyboard('{PageUp}{PageUp}{ArrowUp}{ArrowUp}{ArrowUp}');
  },
};
export const PartOfASecondDark = dark(PartOfASecond);
export const PartOfASecondNarrow = narrow(PartOfASecond);

export const Picked: Story = {
  ...timing('timeline picked'),
  args: {
    spans,
    defaultState: { timeWindow: { from: +from + 60e3, to: +from + 75e3 } },
  },
};
export const PickedDark = dark(Picked);

/** Dragging picks a window, by whole columns, and the button gives all of the time back. */
export const Dragging: Story = {
  ...timing('timeline dragging'),
  play: async ({ canvas, args }) => {
    const plot = await canvas.findByRole('slider');
    await waitFor(() => expect(plot.getBoundingClientRect().width).toBeGreaterThan(100));
    const box = plot.getBoundingClientRect();
    const at = (share: number) => ({
      clientX: box.left + share * box.width,
      clientY: box.top + 10,
      button: 0,
      pointerId: 1,
    });
    await fireEvent.pointerDown(plot, at(0.251));
    await fireEvent.pointerMove(plot, at(0.374));
    await fireEvent.pointerUp(plot, at(0.374));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(picked(30e3, 45e3));
    await expect(await canvas.findByText(/^10:00:30 to 10:00:45: /)).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Clear selection' }));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ timeWindow: null }),
    );
  },
};

/** Keys alone, told in words; Escape gives the window back and then leaves the key to the host. */
export const Keyboard: Story = {
  ...timing('timeline keyboard'),
  args: { spans },
  play: async ({ canvas, args }) => {
    const plot = await canvas.findByRole('slider');
    plot.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringMatching(/^10:00:02: /));
    await expect(canvas.getByText(/^10:00:02: /)).toBeVisible();
    // Parts of a second, as the pointer tells of them; then all of it again.
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowRight}');
    const second = /^10:00:03: .* · .?50\sms.? to .?100\sms.?: /;
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringMatching(second));
    await expect(canvas.getByText(second)).toBeVisible();
    await userEvent.keyboard('{ArrowLeft}{ArrowDown}{Escape}');
    await expect(plot).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^10:00:02: [^·]*$/),
    );
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(picked(2e3, 5e3));
    await userEvent.keyboard('{Escape}');
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ timeWindow: null }),
    );
    const heard = fn();
    plot.parentElement?.parentElement?.parentElement?.addEventListener('keydown', heard);
    await userEvent.keyboard('{Escape}');
    await expect(heard).toHaveBeenCalledTimes(1);
    await userEvent.click(
      await canvas.findByRole('button', { name: /^Span POST \/pay, .17\ss.$/ }),
    );
    await expect(args.onStateChange).toHaveBeenLastCalledWith(picked(33e3, 50e3));
  },
};

/** Less room makes longer columns of the same seconds: what was chosen is a time. */
export const KeyboardInLessRoom: Story = {
  // Three seconds a column in the end, of which the last has one.
  ...timing('timeline in less room', { heatmap: async () => heatmapOf(from, 121) }),
  render: function Host(args) {
    const [width, setWidth] = useState(900);
    return (
      <div style={{ width }}>
        <button type="button" onClick={() => setWidth(110)}>
          Less room
        </button>
        <ProfileTimeline {...args} legend={false} />
      </div>
    );
  },
  play: async ({ canvas, args }) => {
    const plot = await canvas.findByRole('slider');
    plot.focus();
    await userEvent.keyboard('{PageUp}{PageUp}{PageUp}');
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringMatching(/^10:00:36: /));
    await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
    await fireEvent.click(canvas.getByRole('button', { name: 'Less room' }));
    await waitFor(() => expect(Number(plot.getAttribute('aria-valuemax'))).toBeLessThan(60));
    await expect(plot).toHaveAttribute('aria-valuetext', expect.stringMatching(/^10:00:36: /));
    plot.focus();
    await userEvent.keyboard('{Shift>}{End}{/Shift}');
    // Where the data ends, also where the last column would be longer.
    await expect(args.onStateChange).toHaveBeenLastCalledWith(picked(36e3, 121e3));
  },
};

/** Profiles that say only when they were collected: bars of the same time. */
export const WithoutEventTimes: Story = {
  ...timing('timeline without times', {
    heatmap: async () => {
      const answer = heatmapOf(from, 120);
      return {
        ...answer,
        weight: new Float64Array(answer.weight.length),
        count: new Float64Array(answer.count.length),
        undatedSamples: 1200,
      };
    },
    timeline: async () => ({ ...timelineOf(from, 12), bucketMs: 10_000 }),
  }),
};

const grid: TimeGrid = {
  from: +from,
  columnMs: 1000,
  columns: 3600,
  rows: 10,
  weight: Float64Array.from({ length: 36_000 }, (_, i) => (i * 7919) % 97),
  unit: 'count',
};

/** An hour of seconds in 300 pixels: columns are added up, none is left out. */
export const HourDrawnOnly: Story = {
  render: function Host() {
    const [state, setState] = useState(DEFAULT_FLAME_STATE);
    return (
      <ProfileTimelineView
        grid={grid}
        state={state}
        onStateChange={setState}
        timeZone="UTC"
        locale="en-GB"
      />
    );
  },
};
export const HourDrawnOnlyNarrow = narrow(HourDrawnOnly);

/** The cell under the pointer has a line around it, and is told by its column and its part of that. */
export const Pointed: Story = {
  render: () => (
    <div style={{ maxWidth: 600 }}>
      <ProfileTimelineView
        grid={{ ...grid, columns: 60, weight: grid.weight.map((_, i) => i % 11).slice(0, 600) }}
        defaultState={{ timeWindow: { from: +from + 20e3, to: +from + 40e3 } }}
        timeZone="UTC"
        locale="en-GB"
      />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    const plot = await canvas.findByRole('slider');
    await waitFor(() => expect(new Picture(canvasElement).colors().size).toBeGreaterThan(1));
    const picked = canvas.getByRole('status').textContent!;
    await expect(picked).toMatch(/^10:00:20 to 10:00:40: /);
    await expect(canvas.getByText('Bottom to top: 0 to 1 s', { normalizer: plain })).toBeVisible();
    const box = plot.getBoundingClientRect();
    // The fourth of ten rows from below, in the tenth column of sixty: cell 93, which weighs 93 % 11.
    await fireEvent.pointerMove(plot, {
      clientX: box.left + (9.5 / 60) * box.width,
      clientY: box.bottom - 0.35 * box.height,
    });
    const sum = Array.from({ length: 10 }, (_, row) => (90 + row) % 11).reduce((a, b) => a + b);
    await waitFor(() =>
      expect(plain(canvas.getByRole('status').textContent)).toBe(
        `10:00:09: ${sum} · 300 ms to 400 ms: 5`,
      ),
    );
    // Seen only: said for every cell under a pointer, it would not end.
    await expect(canvas.getByRole('status').firstChild).toHaveAttribute('aria-hidden', 'true');
    const cell = canvasElement.querySelector('.hf-cell')!.getBoundingClientRect();
    await expect(cell.left - box.left).toBeCloseTo((9 / 60) * box.width, 0);
    await expect(box.bottom - cell.bottom).toBeCloseTo(0.3 * box.height, 0);
    await fireEvent.pointerLeave(plot);
    await fireEvent.pointerOut(plot);
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(picked));
    // What is picked keeps the colours of the scale.
    const style = getComputedStyle(canvasElement.querySelector('.hf-window')!);
    await expect(style.backgroundColor).toBe('rgba(0, 0, 0, 0)');
  },
};

/** A time that would be cut off at the end is left out; its line stays. */
export const AxisNarrow: Story = {
  render: () => (
    <div style={{ width: 300 }}>
      <ProfileTimelineView
        grid={{ ...grid, from: grid.from + 10e3, columns: 120, weight: grid.weight.slice(0, 1200) }}
        timeZone="UTC"
        locale="en-GB"
      />
    </div>
  ),
  play: async ({ canvas, canvasElement }) => {
    await canvas.findByRole('slider');
    const times = () => [...canvasElement.querySelectorAll('.hf-axis span')];
    await waitFor(() => expect(times().map((one) => one.textContent)).toEqual(['10:01:00', '']));
    const axis = canvasElement.querySelector('.hf-axis')!.getBoundingClientRect();
    for (const one of times()) {
      await expect(one.getBoundingClientRect().right).toBeLessThanOrEqual(axis.right);
    }
  },
};

/** There is a picture again after a range without samples. */
export const AfterNothing: Story = {
  render: function Host() {
    const [hasSamples, setHasSamples] = useState(true);
    return (
      <>
        <button type="button" onClick={() => setHasSamples(!hasSamples)}>
          Other range
        </button>
        <ProfileTimelineView
          grid={{ ...grid, weight: grid.weight.map((_, i) => (hasSamples ? i : 0)) }}
          timeZone="UTC"
          locale="en-GB"
        />
      </>
    );
  },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    const other = canvas.getByRole('button', { name: 'Other range' });
    await canvas.findByRole('slider');
    await userEvent.click(other);
    await waitFor(() => expect(canvas.queryByRole('slider')).toBeNull());
    await userEvent.click(other);
    await canvas.findByRole('slider');
    await waitFor(() => expect(picture.colors().size).toBeGreaterThan(1));
    await expect(picture.canvas.getBoundingClientRect().width).toBeGreaterThan(100);
  },
};

/** Spans may be shorter than what is drawn, or than a millisecond: their time can be asked about. */
export const ShortSpans: Story = {
  render: (args) => (
    <ProfileTimelineView
      grid={{ ...grid, columns: 4, rows: 4, weight: new Float64Array(16).fill(8) }}
      spans={[
        { id: '1', name: 'query', from: +from + 1250, to: +from + 1750 },
        { id: '2', name: 'ping', from: +from + 2250.2, to: +from + 2250.7 },
        { id: '3', name: 'before', from: +from - 9000, to: +from - 8000 },
        { id: '4', name: 'after', from: +from + 9000, to: +from + 9500 },
      ]}
      onStateChange={args.onStateChange}
      timeZone="UTC"
      locale="en-GB"
    />
  ),
  play: async ({ canvas, args }) => {
    await expect(await canvas.findAllByRole('button', { name: /^Span / })).toHaveLength(2);
    await userEvent.click(await canvas.findByRole('button', { name: /^Span query, .500\sms.$/ }));
    await expect(await canvas.findByText('10:00:01 to 10:00:01: 16')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: /^Span ping, .500\sμs.$/ }));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ timeWindow: { from: +from + 2250, to: +from + 2251 } }),
    );
    await expect(await canvas.findByText('10:00:02 to 10:00:02: about 0.03')).toBeVisible();
  },
};

/** A time that was picked out of another one is not in force; one is rid of it all the same. */
export const PickedElsewhere: Story = {
  ...timing('timeline picked elsewhere'),
  args: { defaultState: { timeWindow: { from: +from - 60e3, to: +from - 30e3 } } },
  play: async ({ canvas, canvasElement, args }) => {
    const plot = await canvas.findByRole('slider');
    await expect(canvasElement.querySelector('.hf-window')).toBeNull();
    await userEvent.click(await canvas.findByRole('button', { name: 'Clear selection' }));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ timeWindow: null }),
    );
    await expect(plot).toHaveFocus();
  },
};

/** Without samples there is nothing to pick from; what was picked before can be given back. */
export const PickedOfNothing: Story = {
  ...timing('timeline picked of nothing', {
    heatmap: async () => ({ ...heatmapOf(from, 120), weight: new Float64Array(2400) }),
  }),
  args: { defaultState: { timeWindow: { from: +from, to: +from + 30e3 } } },
  play: async ({ canvas, args }) => {
    await canvas.findByText('No samples in this range. Try a longer one.');
    await userEvent.click(await canvas.findByRole('button', { name: 'Clear selection' }));
    await expect(args.onStateChange).toHaveBeenLastCalledWith(
      expect.objectContaining({ timeWindow: null }),
    );
    // The button has gone, and the keyboard's focus has not.
    await expect(canvas.getByRole('group', { name: 'Samples over time' })).toHaveFocus();
  },
};

export const Empty: Story = timing('timeline empty', {
  heatmap: async () => ({
    ...heatmapOf(from, 120),
    weight: new Float64Array(2400),
    count: new Float64Array(2400),
  }),
  timeline: async () => ({ ...timelineOf(from, 12), weight: new Float64Array(12) }),
});
export const EmptyDark = dark(Empty);
export const Loading: Story = timing('timeline loading', {
  heatmap: () => new Promise(() => undefined),
});
export const LoadingDark = dark(Loading);
export const Failed: Story = timing('timeline failed', {
  heatmap: () => Promise.reject(new ProfileQueryError('network', 'Failed to fetch')),
});
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

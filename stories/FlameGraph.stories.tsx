import { makeStackTable, type StackTable } from '@hyperflame/calltree';
import { sharedEngine } from '@hyperflame/calltree/worker';
import { FlameGraph } from '@hyperflame/react';
import { ProfileQueryError, type Facet } from '@hyperflame/sdk';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, waitFor, within } from 'storybook/test';
import {
  answerOf,
  CPU,
  cpuAndWall,
  heaviestOf,
  list,
  profilesOf,
  WALL,
} from './fixtures/answers.ts';
import { emptyProfile, partialProfile } from './fixtures/generated.ts';
import { buildStep, buildStepCached } from './fixtures/recorded.ts';
import { asking, unanswered } from './support/asking.tsx';
import { dark, narrow } from './support/dark.ts';
import { Picture } from './support/picture.ts';
import { plain } from './support/plain.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

const meta: Meta<typeof FlameGraph> = {
  title: 'Asking/FlameGraph',
  component: FlameGraph,
  args: { traceId, spanId },
};
export default meta;
type Story = StoryObj<typeof FlameGraph>;

const recorded = buildStep();
const cached = buildStepCached();

/** Samples that carry the span's id: exact, and it says so. */
export const Linked: Story = {
  ...asking(
    profilesOf({
      key: 'linked',
      types: cpuAndWall,
      flamegraph: async (question) =>
        answerOf(question.profileType === WALL ? cached : recorded, question),
    }),
  ),
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(await canvas.findByText('Samples linked to this span')).toBeVisible();
    await expect(sharedEngine().where).toBe('worker');
    const choice = await canvas.findByRole('combobox', { name: 'Profile type' });
    await expect(choice).toHaveValue(CPU);
    await expect(await canvas.findByText(/1,379 samples$/)).toBeVisible();
    await userEvent.selectOptions(choice, 'Wall time');
    await expect(await canvas.findByText(/759 samples$/)).toBeVisible();
    // The control that was used is still there to be used again.
    await expect(choice).toBeInTheDocument();
    await expect(choice).toHaveValue(WALL);
  },
};

/** A host that knows how long the span took lets its reader see that it waited. */
export const MostlyWaited: Story = {
  ...Linked,
  args: { ...Linked.args, spanDuration: 60e9 },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(
      await canvas.findByText('5.52 s of the 1 min that it took (9.2%)', { normalizer: plain }),
    ).toBeVisible();
  },
};

export const LinkedDark = dark(Linked);
export const LinkedNarrow = narrow(Linked);

export const WholeTrace: Story = {
  ...asking(
    profilesOf({ key: 'trace', flamegraph: async (question) => answerOf(recorded, question) }),
  ),
  args: { spanId: undefined },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Samples linked to this trace')).toBeVisible();
  },
};

export const Loading: Story = {
  ...unanswered('loading'),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('status')).toHaveAccessibleName(
      `Loading profile: span ${spanId}, trace ${traceId}`,
    );
  },
};
export const LoadingDark = dark(Loading);

/** The heaviest stacks one by one, the rest as one node: totals stay exact. */
export const Partial: Story = {
  ...asking(
    profilesOf({
      key: 'partial',
      flamegraph: async (question) => answerOf(partialProfile(), question),
    }),
  ),
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await expect(await canvas.findByText(/^26% of the weight \(26 samples\)/)).toBeVisible();
    await expect(await canvas.findByText('1 s · 100 samples', { normalizer: plain })).toBeVisible();
    await picture.hover(0.9, 1);
    await expect(await canvas.findByRole('tooltip')).toHaveTextContent('(other)');
  },
};
export const PartialDark = dark(Partial);

/** What was cut off below a frame can be asked for; the way back leads to where one was. */
export const OnlyBelow: Story = {
  ...asking(
    profilesOf({ key: 'below', flamegraph: async (question) => heaviestOf(recorded, question) }),
  ),
  args: { maxStacks: 600 },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await picture.openMenu(0.2, 3);
    const title = canvasElement.querySelector('.hf-menu-title')?.textContent ?? '';
    await userEvent.click(
      await canvas.findByRole('menuitem', { name: 'Load all there is below here' }),
    );
    const path = await canvas.findByRole('group', { name: 'Only below' });
    const steps = within(path).getAllByRole('button');
    await expect(steps.at(-1)).toHaveTextContent(title);
    // The whole is what was asked for now, and all of it is below the frame.
    await expect(
      await canvas.findByText(/^2\.09 s · \d+ samples$/, { normalizer: plain }),
    ).toBeVisible();
    await waitFor(() => expect(canvasElement.querySelector('[aria-busy=true]')).toBeNull());
    await userEvent.click(await canvas.findByRole('button', { name: 'Whole profile' }));
    await waitFor(() => expect(canvas.queryByRole('group', { name: 'Only below' })).toBeNull());
    await expect(await canvas.findByText(/1,379 samples$/)).toBeVisible();
    await picture.openMenu(0.2, 3);
    await userEvent.click(
      await canvas.findByRole('menuitem', { name: 'Load all there is below here' }),
    );
    await canvas.findByRole('group', { name: 'Only below' });
    await waitFor(() => expect(canvasElement.querySelector('[aria-busy=true]')).toBeNull());
  },
};
export const OnlyBelowDark = dark(OnlyBelow);
export const OnlyBelowNarrow = narrow(OnlyBelow);

/** A link may lead below a path that has no samples: the way back is there as well. */
export const NothingBelow: Story = {
  ...asking(
    profilesOf({
      key: 'nothing below',
      flamegraph: async (question) => heaviestOf(recorded, question),
    }),
  ),
  args: { spanId: undefined, defaultState: { under: ['main', 'gone\u001fa.ts'] } },
  play: async ({ canvas }) => {
    await expect(
      await canvas.findByText(/^Looked for trace .* stacks that begin with main › gone/),
    ).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Whole profile' }));
    await expect(await canvas.findByText(/1,379 samples$/)).toBeVisible();
  },
};

/** What three pods of a service did; of one of them stacks were left out. */
const ofPods = (pod: (name: string) => { 'k8s.pod.name': string } | undefined): StackTable => {
  const frames = ['main', 'handle'];
  const table = makeStackTable(
    [
      { frames: [...frames, 'hash'], weight: 400e6, count: 40, labels: pod('shop-a') },
      { frames: [...frames, 'parse'], weight: 200e6, count: 20, labels: pod('shop-a') },
      { frames: [...frames, 'hash'], weight: 250e6, count: 25, labels: pod('shop-b') },
      { frames: ['gc'], weight: 50e6, count: 5, labels: pod('(other)') },
    ],
    { unit: 'nanoseconds', otherWeight: 100e6, otherCount: 10 },
  );
  const labels = pod('shop-b');
  return labels ? { ...table, otherByLabels: [{ labels, weight: 100e6, count: 10 }] } : table;
};
const pods = ofPods((name) => ({ 'k8s.pod.name': name }));
const unlabelled = ofPods(() => undefined);

const attribute = (on: Facet['on'], key: string, valueCount: number): Facet => ({
  ...{ on, key, rows: 100, valueCount },
  values: [],
});

/** Labels are looked for when the menu opens, and asked for by name; what each weighs is exact. */
export const ByPod: Story = {
  ...asking(
    profilesOf({
      key: 'pods',
      flamegraph: async (question) =>
        answerOf(question.groupBy ? pods : unlabelled, question, {
          leftOut: { stacks: 3, weight: 100e6, samples: 10 },
        }),
      facets: async () =>
        list([
          attribute('column', 'ProfileType', 1),
          attribute('column', 'ServiceName', 1),
          attribute('resource', 'k8s.pod.name', 3),
          attribute('sample', 'thread.name', 12),
          attribute('resource', 'telemetry.sdk.version', 1),
          attribute('resource', 'cloud.zone', 2),
        ]),
    }),
  ),
  args: { traceId: undefined, spanId: undefined, service: 'shop' },
  play: async ({ canvas, canvasElement }) => {
    const picture = new Picture(canvasElement);
    await picture.painted();
    await userEvent.click(await canvas.findByRole('button', { name: 'Filter and group' }));
    const menu = await canvas.findByRole('menu');
    await within(menu).findByRole('menuitem', { name: 'Group by pod' });
    await expect(
      within(menu)
        .getAllByRole('menuitem')
        .slice(5)
        .map((entry) => entry.textContent),
    ).toEqual(['Group by pod', 'Group by thread', 'Group by cloud.zone']);
    await userEvent.click(within(menu).getByRole('menuitem', { name: 'Group by pod' }));
    await expect(await canvas.findByText('By pod')).toBeVisible();
    const row = async (name: string, total: string) =>
      plain(
        within(
          await canvas.findByRole('rowheader', { name }).then((cell) => cell.parentElement!),
        ).getAllByRole('gridcell')[0].textContent,
      ) === total;
    await waitFor(async () => expect(await row('k8s.pod.name: shop-a', '600 ms')).toBe(true));
    await waitFor(async () => expect(await row('k8s.pod.name: shop-b', '350 ms')).toBe(true));
    await waitFor(async () => expect(await row('k8s.pod.name: (other)', '50 ms')).toBe(true));
    // One is grouped by already; one more can be asked for.
    await userEvent.click(await canvas.findByRole('button', { name: 'Filter and group' }));
    await expect(await canvas.findByRole('menuitem', { name: 'Group by thread' })).toBeVisible();
    await expect(canvas.queryByRole('menuitem', { name: 'Group by pod' })).toBeNull();
    await userEvent.keyboard('{Escape}');
    // What is left out of a pod can be opened as what is left out of all.
    await picture.openMenu(0.93, 2);
    await expect(
      await canvas.findByRole('menuitem', { name: 'Show what is in here' }),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await picture.openMenu(0.1, 1);
    await canvas.findByRole('menu');
    await expect(
      canvas.queryByRole('menuitem', { name: 'Load all there is below here' }),
    ).toBeNull();
    await userEvent.keyboard('{Escape}');
    await picture.openMenu(0.1, 3);
    await expect(
      await canvas.findByRole('menuitem', { name: 'Load all there is below here' }),
    ).toBeVisible();
    await userEvent.keyboard('{Escape}');
  },
};
export const ByPodDark = dark(ByPod);
export const ByPodNarrow = narrow(ByPod);

const withoutOwnSamples = profilesOf({
  key: 'estimate',
  flamegraph: async (question) =>
    question.linkage === 'estimated'
      ? answerOf(recorded, question, {
          estimate: {
            spanFound: true,
            from: new Date('2026-11-20T10:00:00Z'),
            to: new Date('2026-11-20T10:00:01Z'),
            service: 'shop',
            processBy: 'service.instance.id',
            spreadSamples: 12,
          },
        })
      : answerOf(emptyProfile(), question),
});

/** Nothing is linked to the span: it says what was looked for and where, and what else there is. */
export const Empty: Story = {
  ...asking(withoutOwnSamples),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No samples are linked to this span')).toBeVisible();
    await expect(
      await canvas.findByText(`Looked for span ${spanId}, trace ${traceId} in otel_profiles.`),
    ).toBeVisible();
    await expect(
      await canvas.findByRole('button', { name: 'Show the process while this span ran' }),
    ).toBeVisible();
  },
};
export const EmptyDark = dark(Empty);
export const EmptyNarrow = narrow(Empty);

/** The samples of the span's process: offered, labelled as what they are, and left again. */
export const Estimate: Story = {
  ...asking(withoutOwnSamples),
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(
      await canvas.findByRole('button', { name: 'Show the process while this span ran' }),
    );
    await new Picture(canvasElement).painted();
    await expect(await canvas.findByText('Estimate')).toBeVisible();
    await expect(
      await canvas.findByText(/^Samples of the same process while this span ran/),
    ).toBeVisible();
    await expect(canvas.queryByText('Samples linked to this span')).toBeNull();
    await expect(canvasElement.querySelector('[data-hyperflame]')).toHaveFocus();
    await userEvent.click(await canvas.findByRole('button', { name: 'Back to linked samples' }));
    await expect(await canvas.findByText('No samples are linked to this span')).toBeVisible();
    await userEvent.click(
      canvas.getByRole('button', { name: 'Show the process while this span ran' }),
    );
    await new Picture(canvasElement).painted();
  },
};
export const EstimateDark = dark(Estimate);
export const EstimateNarrow = narrow(Estimate);

/** The host would rather have the estimate at once than a button. */
export const EstimateAtOnce: Story = {
  ...asking(withoutOwnSamples),
  args: { estimate: 'auto' },
  play: async ({ canvas, canvasElement }) => {
    await new Picture(canvasElement).painted();
    await expect(await canvas.findByText('Estimate')).toBeVisible();
  },
};

export const UnknownSpan: Story = {
  ...asking(
    profilesOf({
      key: 'unknown span',
      flamegraph: async (question) =>
        answerOf(emptyProfile(), question, {
          estimate: {
            spanFound: false,
            from: undefined,
            to: undefined,
            service: undefined,
            processBy: undefined,
            spreadSamples: 0,
          },
        }),
    }),
  ),
  args: { defaultState: { linkage: 'estimated' } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/^The span is not in the traces table/)).toBeVisible();
  },
};

const reason =
  "Code: 497. DB::Exception: viewer: Not enough privileges. To execute this query, it's necessary to have the grant SELECT(StackId) ON default.otel_profiles. (ACCESS_DENIED)";
const ask = fn();

/** The server's own words, what to try, and another go. */
export const Failed: Story = {
  ...asking(
    profilesOf({
      key: 'failed',
      flamegraph: () => {
        ask();
        const hint = 'Grant the user SELECT on the otel_profiles tables.';
        return Promise.reject(new ProfileQueryError('server', reason, { hint, code: 497 }));
      },
    }),
  ),
  play: async ({ canvas }) => {
    const alert = await canvas.findByRole('alert');
    await expect(alert).toHaveTextContent(reason);
    await expect(alert).toHaveTextContent('Grant the user SELECT on the otel_profiles tables.');
    const before = ask.mock.calls.length;
    await userEvent.click(await canvas.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(ask.mock.calls.length).toBe(before + 1));
    await expect(await canvas.findByRole('alert')).toBeVisible();
  },
};
export const FailedDark = dark(Failed);
export const FailedNarrow = narrow(Failed);

/** Any face can be the host's own. */
export const FacesOfTheHost: Story = {
  ...asking(withoutOwnSamples),
  args: {
    faces: {
      Empty: ({ lookedFor, showEstimate }) => (
        <p>
          Our own words for {lookedFor}. <button onClick={showEstimate}>Go on</button>
        </p>
      ),
    },
  },
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText(/^Our own words for span/)).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Go on' }));
    await new Picture(canvasElement).painted();
  },
};

import type { ReactNode } from 'react';
import {
  FRAME_KINDS,
  selfWeight,
  type CallTree,
  type Layout,
  type NodeIndex,
} from '@hyperflame/calltree';
import { packageOf, threadOf, type ColorScale } from '../color/scales.ts';
import { SELF_LIMITS } from '../color/selfLimits.ts';
import { nodeName } from '../frames/frameNames.ts';
import { shortText } from '../format/displayText.ts';
import type { Messages } from '../messages/messages.ts';
import type { ColorMode } from '../state/flameState.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { Styles } from '../theme/Styles.tsx';
import { cssColor, type ColorVariable } from '../theme/variables.ts';
import { LEGEND_STYLES } from './legendStyles.ts';

/** More names than this are noise; the picture and the tooltip still tell them. */
const MOST_ENTRIES = 8;
/** CSS pixels. The colour of anything narrower is not one that a person would look up. */
const LEAST_WIDTH = 2;

interface LegendProps {
  tree: CallTree;
  layout: Layout;
  scale: ColorScale;
  mode: ColorMode;
  /** Nodes that weigh less than nothing, where there are any. */
  isHatched?: (node: NodeIndex) => boolean;
}

/** What the colours in sight mean, the one with the most self weight in the picture first. */
export function Legend({ tree, layout, scale, mode, isHatched }: LegendProps) {
  const { messages, format } = useAllSettings();
  if (mode === 'self') {
    const [first, ...limits] = SELF_LIMITS.map(format.share);
    const last = `≥ ${limits[limits.length - 1]}`;
    const steps = [
      first,
      ...limits.map((limit, i) => `${limits[i - 1] ?? first} … ${limit}`),
      last,
    ];
    return <Ramp {...scale} from={`${messages.self} ${first}`} to={last} steps={steps} />;
  }
  if (mode === 'function') {
    return (
      <p className="hf-legend" role="note" aria-label={messages.legend}>
        {messages.sameFunctionSameColor}
      </p>
    );
  }
  const entries = entriesInSight(tree, layout, scale, mode, messages);
  const hasHatched =
    isHatched && layout.node.some((node, i) => layout.narrowEnd[i] === 0 && isHatched(node));
  if (entries.length === 0 && !hasHatched) return null;
  return (
    <>
      <Styles of={LEGEND_STYLES} />
      <ul className="hf-legend" aria-label={messages.legend}>
        {entries.map(({ name, variable }) => (
          <li key={variable}>
            <Swatch variable={variable} />
            <bdi>{shortText(name, 60)}</bdi>
          </li>
        ))}
        {hasHatched && (
          <li>
            <Swatch variable="frame-text-dark" hatched />
            {messages.belowZero}
          </li>
        )}
      </ul>
    </>
  );
}

interface Entry {
  readonly name: string;
  readonly variable: ColorVariable;
}

/** One entry for each colour in sight, so that none has to be told from itself. */
function entriesInSight(
  tree: CallTree,
  layout: Layout,
  scale: ColorScale,
  mode: ColorMode,
  messages: Messages,
): readonly Entry[] {
  const bySlot = new Map<number, { names: Set<string>; weight: number }>();
  for (let i = 0; i < layout.length; i++) {
    if (layout.width[i] < LEAST_WIDTH || layout.narrowEnd[i] !== 0) continue;
    const node = layout.node[i];
    const frame = tree.frame[node];
    if (frame >= tree.frames.length) continue;
    const name = nameInLegend(tree, node, mode, messages);
    const slot = scale.slotOf(node);
    const isNeutral = scale.variables[slot] === 'neutral';
    // Where no packages are known, frames are coloured one by one: there is nothing to say of them.
    if (!name && !isNeutral) continue;
    let entry = bySlot.get(slot);
    if (!entry) bySlot.set(slot, (entry = { names: new Set(), weight: 0 }));
    entry.names.add(isNeutral && mode === 'package' ? messages.otherPackages : name);
    entry.weight += selfWeight(tree, node);
  }
  const [rest, own] = [...bySlot].reduce<[Entry[], (Entry & { weight: number })[]]>(
    ([neutral, others], [slot, { names, weight }]) => {
      const entry = { name: [...names].join(', '), variable: scale.variables[slot], weight };
      (entry.variable === 'neutral' ? neutral : others).push(entry);
      return [neutral, others];
    },
    [[], []],
  );
  if (own.length === 0) return [];
  return [...own.sort((a, b) => b.weight - a.weight).slice(0, MOST_ENTRIES), ...rest];
}

function nameInLegend(
  tree: CallTree,
  node: NodeIndex,
  mode: ColorMode,
  messages: Messages,
): string {
  const { frames } = tree;
  const frame = tree.frame[node];
  if (mode === 'kind') return messages.kinds[FRAME_KINDS[frames.kind[frame]] ?? 'unknown'];
  if (mode !== 'thread') return packageOf(frames, frame);
  const thread = threadOf(tree, node);
  return thread === -1 ? messages.otherFrames : nodeName(tree, thread, messages);
}

export function Swatch({ variable, hatched }: { variable: ColorVariable; hatched?: boolean }) {
  return (
    <span
      className={hatched ? 'hf-swatch hf-hatched' : 'hf-swatch'}
      style={{ backgroundColor: cssColor(variable) }}
    />
  );
}

interface RampProps {
  variables: readonly ColorVariable[];
  from: string;
  to: string;
  /** What each step stands for. */
  steps?: readonly string[];
  /** Further keys, after the steps. */
  children?: ReactNode;
}

/** The steps of a scale side by side, with words at its ends. */
export function Ramp({ variables, from, to, steps, children }: RampProps) {
  const { messages } = useAllSettings();
  return (
    <div className="hf-legend" role="group" aria-label={messages.legend}>
      <Styles of={LEGEND_STYLES} />
      <span className="hf-key">
        {from}
        <span className="hf-ramp">
          {variables.map((variable, i) => (
            <span
              key={variable}
              title={steps?.[i]}
              style={{ backgroundColor: cssColor(variable) }}
            />
          ))}
        </span>
        {to}
      </span>
      {children}
    </div>
  );
}

import type { ReactNode } from 'react';
import type { TimeWindow } from '../state/flameState.ts';
import type { FlameStateProps } from '../state/useFlameState.ts';
import { WithSettings } from '../theme/WithSettings.tsx';
import type { SettingsProps } from '../theme/settings.ts';
import type { TimeGrid } from './grid.ts';
import { later } from '../later/later.tsx';

/** A span, drawn over the time it took. */
export interface SpanMark extends TimeWindow {
  readonly name: string;
  /** Tells it from others. */
  readonly id: string;
}

export interface TimelineOptions {
  /** Spans to mark; choosing one picks its time. */
  spans?: readonly SpanMark[];
  /** CSS pixels of the picture; 72 for a heatmap and 48 for bars if not said. */
  plotHeight?: number;
  /** IANA name of the zone that times are written in; the reader's own if not said. */
  timeZone?: string;
  /** Name of the picture for assistive technology. */
  label?: string;
  legend?: boolean;
}

export interface ProfileTimelineViewProps extends TimelineOptions, FlameStateProps, SettingsProps {
  grid: TimeGrid;
  /** Said under the picture: what it does not show. */
  children?: ReactNode;
}

const LaterTimeline = /* @__PURE__ */ later<Omit<ProfileTimelineViewProps, keyof SettingsProps>>(
  'timeline',
  async () => (await import('./Timeline.tsx')).Timeline,
  {
    shape: 'timeline',
  },
);

/**
 * Samples over time, to pick a part of it from: by dragging, or with the arrow keys. What is picked
 * is the state's `timeWindow`.
 */
export function ProfileTimelineView(props: ProfileTimelineViewProps) {
  return <WithSettings {...props} of={LaterTimeline} />;
}

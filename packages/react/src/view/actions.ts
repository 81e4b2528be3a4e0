import type { ProfileScope } from '@hyperflame/sdk';
import type { FrameDetails } from '../frames/frameDetails.ts';

/** A wish to see only, or not to see, the samples that have a frame. */
export interface FilterRequest {
  /** OpenTelemetry attribute that the value belongs to. */
  readonly key: 'code.function.name';
  readonly value: string;
  readonly mode: 'include' | 'exclude';
}

/** An entry of a host's own in the menu of a frame. */
export interface FrameAction {
  /** Unique among the actions of a component. */
  readonly id: string;
  readonly label: string;
  readonly run: (frame: FrameDetails) => void;
}

/** What a person may ask the host for. An action without a handler is not offered. */
export interface FrameCallbacks {
  /** What the picture is of, for the callbacks below. `<FlameGraph>` fills it in. */
  scope?: ProfileScope;
  /** A frame was selected, or (`null`) none is any more. */
  onSelectFrame?: (frame: FrameDetails | null) => void;
  onFilter?: (filter: FilterRequest, frame: FrameDetails) => void;
  /** Offered where the scope has a trace: open its span, or the trace when it names none. */
  onOpenSpan?: (scope: ProfileScope, frame: FrameDetails) => void;
  /** Open the logs of the same scope: its span, trace, service, attributes and time. */
  onOpenLogs?: (scope: ProfileScope, frame: FrameDetails) => void;
  /** Further entries for the menu of a frame. */
  actions?: readonly FrameAction[];
}

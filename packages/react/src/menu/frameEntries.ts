import { OTHER_FRAME, type CallTree, type NodeIndex, type Transform } from '@hyperflame/calltree';
import type { FrameDetails } from '../frames/frameDetails.ts';
import { stackText } from '../frames/stackText.ts';
import { subtreeText } from '../frames/subtreeText.ts';
import type { Messages } from '../messages/messages.ts';
import { canStartWith } from '../frames/canStartWith.ts';
import { searchFor } from '../search/parseSearch.ts';
import type { FramePath } from '../state/flameState.ts';
import type { AllSettings } from '../theme/allSettings.ts';
import {
  FRAME_TRANSFORMS,
  transformAt,
  type FrameTransformType,
} from '../transforms/transformKeys.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import type { MenuEntry } from '../view/FrameMenu.tsx';
import { copyText } from './copyText.ts';

/** What a view can do with a frame. What is missing is not offered. */
export interface FrameDoings {
  readonly zoom?: () => void;
  readonly search?: (text: string) => void;
  readonly pivot?: () => void;
  readonly transform?: (transform: Transform) => void;
  readonly openOther?: () => void;
  readonly askBelow?: (path: FramePath) => void;
  /** So many frames from the root on stand for labels. */
  readonly labelFrames?: number;
}

/** A node whose menu it is. */
export interface MenuNode {
  readonly tree: CallTree;
  readonly node: NodeIndex;
  readonly frame: FrameDetails;
  readonly doings: FrameDoings;
  readonly callbacks: FrameCallbacks;
}

type Group = readonly (MenuEntry | false | undefined)[];

/** The menu of a node: moving about, copying, changing the profile, and what the host can do. */
export function frameEntries(
  { tree, node, frame, doings, callbacks }: MenuNode,
  settings: Pick<AllSettings, 'messages' | 'format'>,
): MenuEntry[] {
  const { messages } = settings;
  const { zoom, openOther, askBelow, labelFrames = 0 } = doings;
  const path = frame.path.slice(labelFrames);
  const isOther = tree.frame[node] === OTHER_FRAME;
  const isFunction = tree.frame[node] < tree.frames.length;
  return inGroups([
    [
      zoom && { id: 'zoom', label: messages.zoomIn, hint: '⏎', run: zoom },
      isOther && openOther && { id: 'other', label: messages.askForOther, run: openOther },
      askBelow &&
        !tree.inverted &&
        !isOther &&
        canStartWith(path) && {
          id: 'below',
          label: messages.askBelow,
          run: () => askBelow(path),
        },
      ...(isFunction ? goingEntries(frame, doings, messages) : []),
    ],
    [
      isFunction && copyEntry('copy-name', messages.copyName, () => frame.name),
      isFunction && copyEntry('copy-stack', messages.copyStack, () => stackText(tree, node)),
      copyEntry('copy-subtree', messages.copySubtree, () => subtreeText(tree, node, settings)),
    ],
    transformEntries((type) => transformAt(tree, node, type), doings, messages),
    hostEntries(frame, isFunction, callbacks, messages),
  ]);
}

/** The menu of a function wherever it stands, as a row of a table. */
export function functionEntries(
  details: FrameDetails,
  transformOf: (type: FrameTransformType) => Transform | undefined,
  doings: Pick<FrameDoings, 'search' | 'pivot' | 'transform'>,
  callbacks: FrameCallbacks,
  { messages }: AllSettings,
): MenuEntry[] {
  return inGroups([
    goingEntries(details, doings, messages),
    [copyEntry('copy-name', messages.copyName, () => details.name)],
    transformEntries(transformOf, doings, messages),
    hostEntries(details, true, callbacks, messages),
  ]);
}

function inGroups(groups: readonly Group[]): MenuEntry[] {
  return groups.flatMap((group) =>
    group
      .filter((entry) => !!entry)
      .map((entry, at) => (at === 0 ? { ...entry, startsGroup: true } : entry)),
  );
}

function goingEntries(
  frame: FrameDetails,
  { pivot, search }: FrameDoings,
  messages: Messages,
): Group {
  return [
    pivot && { id: 'pivot', label: messages.showCallersAndCallees, hint: 'p', run: pivot },
    search && {
      id: 'search',
      label: messages.searchThis,
      run: () => search(searchFor(frame.name)),
    },
  ];
}

function copyEntry(id: string, label: string, text: () => string): MenuEntry {
  return { id, label, run: () => void copyText(text()) };
}

function transformEntries(
  transformOf: (type: FrameTransformType) => Transform | undefined,
  { transform }: FrameDoings,
  messages: Messages,
): Group {
  return FRAME_TRANSFORMS.map(({ type, key, label }) => {
    const change = transform && transformOf(type);
    return change && { id: type, label: messages[label], hint: key, run: () => transform(change) };
  });
}

function hostEntries(
  frame: FrameDetails,
  isFunction: boolean,
  { onFilter, onOpenSpan, onOpenLogs, actions = [], scope = {} }: FrameCallbacks,
  messages: Messages,
): Group {
  const filter = (mode: 'include' | 'exclude') => () =>
    onFilter?.({ key: 'code.function.name', value: frame.name, mode }, frame);
  return [
    isFunction && onFilter && { id: 'filter', label: messages.filterFor, run: filter('include') },
    isFunction &&
      onFilter && { id: 'filter-out', label: messages.filterOut, run: filter('exclude') },
    onOpenSpan &&
      scope.traceId !== undefined && {
        id: 'span',
        label: messages.openSpan,
        run: () => onOpenSpan(scope, frame),
      },
    onOpenLogs && { id: 'logs', label: messages.openLogs, run: () => onOpenLogs(scope, frame) },
    ...actions.map(({ id, label, run }) => ({ id: `host-${id}`, label, run: () => run(frame) })),
  ];
}

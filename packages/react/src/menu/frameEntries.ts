import { OTHER_FRAME, type CallTree, type NodeIndex, type Transform } from '@hyperflame/calltree';
import { frameDetails, stackText } from '../frames/frameDetails.ts';
import { subtreeText } from '../frames/subtreeText.ts';
import type { Settings } from '../theme/settings.ts';
import { FRAME_TRANSFORMS, transformAt } from '../transforms/transformKeys.ts';
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
}

/** The menu of a node: moving about, copying, changing the profile, and what the host can do. */
export function frameEntries(
  tree: CallTree,
  node: NodeIndex,
  doings: FrameDoings,
  { onFilter, onOpenSpan, onOpenLogs, actions = [], scope = {} }: FrameCallbacks,
  settings: Settings,
): MenuEntry[] {
  const { messages } = settings;
  const { zoom, search, pivot, transform, openOther } = doings;
  const frame = frameDetails(tree, node);
  const isFunction = tree.frame[node] < tree.frames.length;
  const copy = (text: string) => () => void copyText(text);
  const filter = (mode: 'include' | 'exclude') => () =>
    onFilter?.({ key: 'code.function.name', value: frame.name, mode }, frame);

  const groups: (MenuEntry | false | undefined)[][] = [
    [
      zoom && { id: 'zoom', label: messages.zoomIn, hint: '⏎', run: zoom },
      tree.frame[node] === OTHER_FRAME &&
        openOther && { id: 'other', label: messages.askForOther, run: openOther },
      isFunction &&
        pivot && { id: 'pivot', label: messages.showCallersAndCallees, hint: 'p', run: pivot },
      isFunction &&
        search && { id: 'search', label: messages.searchThis, run: () => search(frame.name) },
    ],
    [
      isFunction && { id: 'copy-name', label: messages.copyName, run: copy(frame.name) },
      isFunction && {
        id: 'copy-stack',
        label: messages.copyStack,
        run: copy(stackText(tree, node)),
      },
      {
        id: 'copy-subtree',
        label: messages.copySubtree,
        run: () => void copyText(subtreeText(tree, node, settings)),
      },
    ],
    FRAME_TRANSFORMS.map(({ type, key, label }) => {
      const change = transform && transformAt(tree, node, type);
      return (
        change && { id: type, label: messages[label], hint: key, run: () => transform(change) }
      );
    }),
    [
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
    ],
  ];
  return groups.flatMap((group) =>
    group
      .filter((entry) => !!entry)
      .map((entry, at) => (at === 0 ? { ...entry, startsGroup: true } : entry)),
  );
}

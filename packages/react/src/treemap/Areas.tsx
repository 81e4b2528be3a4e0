import { useCallback, useMemo, useRef, type KeyboardEvent } from 'react';
import {
  frameKey,
  framePath,
  OTHER_FRAME,
  type CallTree,
  type NodeIndex,
  type Transform,
} from '@hyperflame/calltree';
import { colorScale } from '../color/scales.ts';
import { shareOf } from '../format/numbers.ts';
import { frameDetails } from '../frames/frameDetails.ts';
import { nodeName } from '../frames/frameNames.ts';
import { nearestNode } from '../frames/nearestNode.ts';
import { sameNode, type NodeOfTree } from '../frames/sameNode.ts';
import { functionEntries } from '../menu/frameEntries.ts';
import { useMenuAt } from '../menu/useMenuAt.ts';
import { searchOutcome } from '../search/searchOutcome.ts';
import { useFrameSearch } from '../search/useFrameSearch.ts';
import { useFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { transformOfFunction } from '../transforms/transformKeys.ts';
import { focusTwin } from '../twin/focusTwin.ts';
import { Breadcrumb } from '../view/Breadcrumb.tsx';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import { isMenuKey, moveOf } from '../view/keys.ts';
import { moveCursor } from '../view/moveCursor.ts';
import { SearchBox } from '../view/SearchBox.tsx';
import { tooltipText, weightRow } from '../view/tooltipText.ts';
import { useCursor } from '../view/useCursor.ts';
import { isGroup } from './tiles.ts';
import { TreemapPlot } from './TreemapPlot.tsx';
import { TREEMAP_HEIGHT, type ProfileTreemapViewProps } from './ProfileTreemapView.tsx';
import { Styles } from '../theme/Styles.tsx';
import { TREEMAP_STYLES } from './styles.ts';

/** What `<ProfileTreemapView>` draws, with the settings that hold there. */
export function Areas(props: Omit<ProfileTreemapViewProps, keyof SettingsProps>) {
  const { tree, height = TREEMAP_HEIGHT } = props;
  const settings = useAllSettings();
  const { messages, format } = settings;
  const [state, update] = useFlameState(props);
  const searchRef = useRef<HTMLInputElement>(null);
  const rootRef = useRef<HTMLDivElement>(null);
  const focusPicture = useCallback(() => focusTwin(rootRef.current), []);
  const menu = useMenuAt((of: NodeOfTree) => sameNode(tree, of), focusPicture);

  const area = useMemo(() => nearestNode(tree, state.area), [tree, state.area]);
  const selected = useMemo(() => nodeOfFunction(tree, state.pivot), [tree, state.pivot]);
  const [at, setCursor] = useCursor(tree, area);
  // What is around an area is not in the picture.
  const cursor = Math.max(area, at);
  // Areas have no self weight to be coloured by: kinds and packages only.
  const mode = state.colorBy === 'kind' ? 'kind' : 'package';
  const scale = useMemo(() => colorScale(tree, mode), [tree, mode]);
  const { search, error: searchError } = useFrameSearch(tree, state.search);
  const columns = useMemo(
    () => [
      {
        header: messages.self,
        cell: (node: NodeIndex) => format.weight(tree.total[node], tree.unit),
      },
      {
        header: messages.share,
        cell: (node: NodeIndex) => format.share(shareOf(tree.total[node], tree.total[0])),
      },
    ],
    [tree, messages, format],
  );

  const goInto = (node: NodeIndex): void => {
    setCursor(node);
    update({ area: framePath(tree, node) });
  };
  const pick = (node: NodeIndex): void => {
    setCursor(node);
    if (isGroup(tree, node) || node === 0) goInto(node);
    else if (tree.frame[node] !== OTHER_FRAME) {
      const pivot = frameKey(tree.frames, tree.frame[node], tree.granularity);
      const isChosen = pivot === state.pivot;
      update({ pivot: isChosen ? '' : pivot, selected: [] });
      props.onSelectFrame?.(isChosen ? null : { ...frameDetails(tree, node), path: [] });
    }
  };
  const canUndo = props.transformable === true && state.transforms.length > 0;
  const holdsEscape = state.search !== '' || area !== 0 || state.pivot !== '' || canUndo;
  const stepBack = (): boolean => {
    if (state.search !== '') update({ search: '' });
    else if (area !== 0) goInto(tree.parent[area]);
    else if (state.pivot !== '') {
      update({ pivot: '', selected: [] });
      props.onSelectFrame?.(null);
    } else if (canUndo) update({ transforms: state.transforms.slice(0, -1) });
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const move = moveOf(event, 'icicle');
    if (move) setCursor(Math.max(area, moveCursor(tree, cursor, move, area)));
    else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (event.key === 'Enter' || event.key === ' ') pick(cursor);
    else if (event.key === 'Backspace' && area !== 0) goInto(tree.parent[area]);
    else if (event.key === '/' && props.toolbar !== false) searchRef.current?.focus();
    else if (isMenuKey(event)) menu.openBelow({ tree, node: cursor }, event.target as Element);
    else if (event.key !== 'Escape' || !stepBack()) {
      const entry = entriesOf(cursor).find(({ hint }) => hint === event.key);
      if (!entry) return;
      entry.run();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const entriesOf = (node: NodeIndex): MenuEntry[] => {
    if (node === 0 || tree.frame[node] === OTHER_FRAME) return [];
    if (isGroup(tree, node)) {
      return [{ id: 'zoom', label: messages.zoomIn, hint: '⏎', run: () => goInto(node) }];
    }
    const key = frameKey(tree.frames, tree.frame[node], tree.granularity);
    return functionEntries(
      { ...frameDetails(tree, node), path: [] },
      (type) => transformOfFunction(tree.frames, tree.frame[node], tree.granularity, type),
      {
        search: (text) => update({ search: text }),
        pivot: props.pivotable
          ? () => update({ pivot: key, view: 'sandwich', selected: [] })
          : undefined,
        transform: props.transformable
          ? (change: Transform) => update({ transforms: [...state.transforms, change] })
          : undefined,
      },
      props,
      settings,
    );
  };

  const menuEntries = menu.at ? entriesOf(menu.at.of) : [];
  const fills = height === 'fill';
  if (!(tree.total[0] > 0)) {
    return (
      <Root fill={fills}>
        <div className="hf-face" role="status">
          <h3>{messages.noSelfWeight}</h3>
        </div>
      </Root>
    );
  }
  return (
    <Root fill={fills} rootRef={rootRef}>
      <Styles of={TREEMAP_STYLES} />
      {props.toolbar !== false && (
        <div className="hf-toolbar">
          <SearchBox
            inputRef={searchRef}
            value={state.search}
            label={messages.search}
            outcome={searchError?.message ?? searchOutcome(search, settings)}
            onChange={(text) => update({ search: text })}
            onLeave={focusPicture}
          />
          {props.controls && <div className="hf-controls">{props.controls}</div>}
        </div>
      )}
      <Breadcrumb tree={tree} focus={area} onFocus={goInto} onLeave={focusPicture}>
        {area === 0
          ? format.weight(tree.total[0], tree.unit)
          : messages.partOfWhole(
              format.weight(tree.total[area], tree.unit),
              format.share(shareOf(tree.total[area], tree.total[0])),
              format.weight(tree.total[0], tree.unit),
            )}
      </Breadcrumb>
      <TreemapPlot
        tree={tree}
        label={props.label ?? messages.treemapLabel}
        area={area}
        cursor={cursor}
        selected={selected}
        height={height}
        scale={scale}
        isMatch={search && search.isMatch}
        columns={columns}
        holdsEscape={holdsEscape}
        tooltipOf={(node) =>
          tooltipText(tree, node, settings, [
            weightRow(messages.self, tree, tree.total[node], tree.totalCount[node], settings),
          ])
        }
        onCursor={setCursor}
        onPick={pick}
        onMenu={(node, x, y) => menu.open({ tree, node }, x, y)}
        onKeyDown={onKeyDown}
      />
      {menu.at && menuEntries.length > 0 && (
        <FrameMenu
          title={nodeName(tree, menu.at.of, messages)}
          x={menu.at.x}
          y={menu.at.y}
          entries={menuEntries}
          onClose={menu.close}
        />
      )}
    </Root>
  );
}

/** Where a function has its tile, or -1: each is in the tree once. */
function nodeOfFunction(tree: CallTree, key: string): NodeIndex {
  if (key === '') return -1;
  for (let node = 1; node < tree.length; node++) {
    const isFunction = tree.end[node] === node + 1;
    if (isFunction && frameKey(tree.frames, tree.frame[node], tree.granularity) === key) {
      return node;
    }
  }
  return -1;
}

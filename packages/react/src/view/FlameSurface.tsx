import {
  useCallback,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import {
  framePath,
  OTHER_FRAME,
  type CallTree,
  type Layout,
  type NodeIndex,
  type Transform,
} from '@hyperflame/calltree';
import type { NameEnd } from '../canvas/textFitter.ts';
import type { ColorScale } from '../color/scales.ts';
import { ExportMenu } from '../export/ExportMenu.tsx';
import type { ExportSource } from '../export/source.ts';
import { frameDetails } from '../frames/frameDetails.ts';
import { nodeName } from '../frames/frameNames.ts';
import { nearestNode } from '../frames/nearestNode.ts';
import { sameNode, type NodeOfTree } from '../frames/sameNode.ts';
import { codeOf } from '../later/code.ts';
import { useFetched } from '../later/comesLater.tsx';
import { laterMenu } from '../menu/laterMenu.tsx';
import { useMenuAt } from '../menu/useMenuAt.ts';
import { searchOutcome } from '../search/searchOutcome.ts';
import { useFrameSearch, type FrameSearching } from '../search/useFrameSearch.ts';
import type { FlameState, FramePath, Orientation } from '../state/flameState.ts';
import type { UpdateFlameState } from '../state/useFlameState.ts';
import { Root } from '../theme/Root.tsx';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { useSettings } from '../theme/settings.ts';
import { focusTwin } from '../twin/focusTwin.ts';
import type { TwinColumn } from '../twin/TreeTwin.tsx';
import type { FrameCallbacks } from './actions.ts';
import { Breadcrumb } from './Breadcrumb.tsx';
import { FittedPlot } from './FittedPlot.tsx';
import { isMenuKey, moveOf } from './keys.ts';
import { moveCursor } from './moveCursor.ts';
import { OrientationSwitch } from './OrientationSwitch.tsx';
import { SearchBox } from './SearchBox.tsx';
import type { TooltipText } from './tooltipText.ts';
import { useCursor } from './useCursor.ts';

/** How much room a view takes and which of its parts are there. */
export interface SurfaceOptions {
  /**
   * `auto`: as high as the graph, up to `maxHeight`, then it scrolls. `fill`: as high as the parent.
   * A number: that many CSS pixels for the picture. `auto` if not said.
   */
  height?: 'auto' | 'fill' | number;
  /** CSS pixels; 560 if not said. */
  maxHeight?: number;
  /** CSS pixels; 20 if not said. */
  rowHeight?: number;
  /** Fixes the direction, whatever the state says; the switch for it is not shown then. */
  orientation?: Orientation;
  /** Search box, colour and direction. True if not said. */
  toolbar?: boolean;
  /** Path of the zoom. True if not said. */
  breadcrumb?: boolean;
  legend?: boolean;
  /** Which end of a name is shown where there is no room for all of it. `start` if not said. */
  nameEnd?: NameEnd;
  /** The whole profile in small, over a picture that is zoomed. True if not said. */
  minimap?: boolean;
  /** Name of the picture for assistive technology. */
  label?: string;
  /** Further controls for the toolbar. */
  controls?: ReactNode;
  /** Name of what is saved as a file; `false` offers nothing to save. `profile` if not said. */
  saveAs?: string | false;
  /**
   * What the tree was made from, before the state's `transforms`: saved files then have the lines and
   * labels that a tree has not.
   */
  stacksToSave?: ExportSource['stacks'];
  /**
   * True offers changes to the profile, in the menu and by key. They are added to the state's
   * `transforms`, which the tree has to be built with.
   */
  transformable?: boolean;
  /** True offers to show callers and callees: sets the state's `pivot` and `view`. */
  pivotable?: boolean;
  /** "(other)" was opened: what it holds can be asked for. */
  onOpenOther?: () => void;
  /** All stacks that begin with a path are wanted, where the tree has only the heaviest. */
  onAskBelow?: (path: FramePath) => void;
  /** So many frames from the root on stand for labels, and are no part of a path to ask below. */
  labelFrames?: number;
}

/** A search whose box is not in the toolbar of the picture that it is in. */
export interface SearchFromOutside extends FrameSearching {
  boxRef: RefObject<HTMLInputElement | null>;
  /** The match that was stepped to, in this tree or another. */
  found: NodeOfTree | undefined;
}

interface FlameSurfaceProps extends SurfaceOptions, FrameCallbacks {
  tree: CallTree;
  weight: Float64Array;
  /** Weight of the whole profile, where the tree is a part of it. */
  whole?: number;
  scale: ColorScale;
  state: FlameState;
  update: UpdateFlameState;
  label: string;
  columns: readonly TwinColumn[];
  tooltipOf: (node: NodeIndex) => TooltipText;
  /** Controls that go with the kind of picture. */
  ownControls: ReactNode;
  legendOf: (layout: Layout) => ReactNode;
  /** Weight and samples of what fills the width. */
  totalsOf: (focus: NodeIndex) => ReactNode;
  isHighlighted?: (node: NodeIndex) => boolean;
  isHatched?: (node: NodeIndex) => boolean;
  /** A figure for the end of a rectangle that has room for it. Keep the function stable. */
  noteOf?: (node: NodeIndex) => string;
  /** How the changes of a diff are told in what is saved. */
  diffForm?: ExportSource['diffForm'];
  /** Rows there is room for, also where the graph has fewer. */
  leastRows?: number;
  /** In place of zooming, where a frame is clicked or entered. */
  onEnter?: (node: NodeIndex) => void;
  /** What Escape takes back once there is nothing else. */
  onStepBack?: () => void;
  /** What is searched for in a box that is somewhere else. */
  searching?: SearchFromOutside;
}

const LEAST_ROWS = 6;

const transformKeys = /* @__PURE__ */ codeOf(
  'keys',
  async () => (await import('../transforms/transformKeys.ts')).transformOfKey,
);

const LaterNodeMenu = /* @__PURE__ */ laterMenu(
  async () => (await import('../menu/NodeMenu.tsx')).NodeMenu,
);

/** Toolbar, zoom path, picture and legend of one tree: what flame graph and diff have in common. */
export function FlameSurface(props: FlameSurfaceProps) {
  const { tree, weight, scale, state, update, isHighlighted, onEnter, onOpenOther } = props;
  const {
    searching,
    height = 'auto',
    maxHeight = 560,
    rowHeight = 20,
    leastRows = LEAST_ROWS,
  } = props;
  const orientation = props.orientation ?? state.orientation;
  const settings = useSettings();
  const { messages, format } = settings;
  const scrollerRef = useRef<HTMLDivElement>(null);
  const ownSearchRef = useRef<HTMLInputElement>(null);
  const searchRef = searching?.boxRef ?? ownSearchRef;
  const found = searching?.found;

  const focus = useMemo(() => nearestNode(tree, state.focus), [tree, state.focus]);
  const selected = useMemo(
    () => (state.selected.length === 0 ? -1 : nearestNode(tree, state.selected)),
    [tree, state.selected],
  );
  const [cursor, setCursor] = useCursor(tree, focus, found);
  const focusPicture = useCallback(() => focusTwin(scrollerRef.current), []);
  const menu = useMenuAt((of: NodeOfTree) => sameNode(tree, of), focusPicture);
  const [stepped, setStepped] = useState<NodeOfTree>();
  const ownSearching = useFrameSearch(tree, searching ? '' : state.search);
  const { search, error: searchError } = searching ?? ownSearching;

  const isMatch = useMemo(() => {
    if (!search) return isHighlighted ?? null;
    if (!isHighlighted) return search.isMatch;
    return (node: NodeIndex) => search.isMatch(node) || isHighlighted(node);
  }, [search, isHighlighted]);

  const detailsOf = (node: NodeIndex) => frameDetails(tree, node, props.whole);
  const enter = (node: NodeIndex): boolean => {
    if (onOpenOther && tree.frame[node] === OTHER_FRAME) onOpenOther();
    else if (onEnter) onEnter(node);
    else return false;
    return true;
  };
  /** Shows details of the frame at a path; of none where that is empty. */
  const choose = (node: NodeIndex, path: FramePath, more?: Partial<FlameState>): void => {
    update({ selected: path, pivot: path.at(-1) ?? '', ...more });
    props.onSelectFrame?.(path.length === 0 ? null : detailsOf(node));
  };
  const zoomTo = (node: NodeIndex): void => {
    setCursor(node);
    if (!enter(node)) update({ focus: framePath(tree, node) });
  };
  const pick = (node: NodeIndex): void => {
    if (enter(node)) return;
    const path = framePath(tree, node);
    choose(node, path, { focus: path });
  };
  const select = (node: NodeIndex): void => {
    // What such a picture is of has been chosen already.
    if (node === 0 && onEnter) return;
    choose(node, node === selected ? [] : framePath(tree, node));
  };
  const transform = (change: Transform): void => {
    // What a subtree is cut out of is gone, and with it the place that was zoomed to.
    const focus = change.type === 'focus-subtree' ? { focus: [] } : {};
    update({ transforms: [...state.transforms, change], ...focus });
  };
  const showCallersAndCallees = (node: NodeIndex): void => {
    const pivot = framePath(tree, node).at(-1);
    if (pivot !== undefined) update({ pivot, view: 'sandwich', selected: [] });
  };
  const step = (direction: 1 | -1): void => {
    if (!search) return;
    // Frames outside of the picture are not stepped to: nothing would be seen to happen.
    const next = search.nextMatch(cursor, direction, focus, tree.end[focus]);
    if (next === -1) return;
    setCursor(next);
    setStepped({ tree, node: next });
    // Details that are open go along; a look at the matches opens none.
    choose(next, framePath(tree, next), state.pivot === '' ? { pivot: '' } : {});
  };

  const canUndo = props.transformable === true && state.transforms.length > 0;
  const holdsEscape =
    state.search !== '' || focus !== 0 || selected !== -1 || canUndo || !!props.onStepBack;
  /** Undoes the newest kind of choice that there is; false when there is nothing to undo. */
  const stepBack = (): boolean => {
    if (state.search !== '') update({ search: '' });
    else if (focus !== 0) update({ focus: [] });
    else if (selected !== -1) select(selected);
    else if (canUndo) update({ transforms: state.transforms.slice(0, -1) });
    else if (props.onStepBack) props.onStepBack();
    else return false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented) return;
    const move = moveOf(event, orientation);
    if (move) setCursor(moveCursor(tree, cursor, move, focus));
    else if (event.altKey || event.ctrlKey || event.metaKey) return;
    else if (event.key === 'Enter') zoomTo(cursor);
    else if (event.key === ' ') select(cursor);
    else if (event.key === 'Backspace') {
      if (focus === 0) return;
      zoomTo(tree.parent[focus]);
    } else if (event.key === '/' && searchRef.current) searchRef.current.focus();
    else if (event.key === 'p' && props.pivotable) showCallersAndCallees(cursor);
    else if (isMenuKey(event)) menu.openBelow({ tree, node: cursor }, event.target as Element);
    else {
      if (props.transformable) transformKeys.fetch();
      const { value: transformOfKey } = transformKeys.now();
      const change = props.transformable && transformOfKey?.(tree, cursor, event.key);
      if (change) transform(change);
      else if (event.key !== 'Escape' || !stepBack()) return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  useFetched(props.transformable ? transformKeys : {});
  const menuNode = menu.at?.of ?? -1;
  const at = found ?? stepped;
  const isAtMatch = search !== null && at?.tree === tree && at.node === cursor;
  const isEmpty = !(weight[0] > 0);
  const faceRef = useRef<HTMLDivElement>(null);
  const hadPicture = useRef(false);
  const comesBack = useRef(false);
  // A change may leave nothing to draw, and the keyboard's focus nowhere to be: it goes on from there.
  useBrowserLayoutEffect(() => {
    const face = faceRef.current;
    if (
      face &&
      hadPicture.current &&
      face.ownerDocument.activeElement === face.ownerDocument.body
    ) {
      face.focus({ preventScroll: true });
    }
    if (!isEmpty && comesBack.current) scrollerRef.current?.focus({ preventScroll: true });
    hadPicture.current = !isEmpty;
    comesBack.current = false;
  }, [isEmpty]);
  if (isEmpty) {
    return (
      <Root fill={height === 'fill'}>
        <div
          ref={faceRef}
          className="hf-face"
          role="status"
          tabIndex={-1}
          data-mantine-stop-propagation={holdsEscape ? 'true' : undefined}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !stepBack()) return;
            comesBack.current = true;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <h3>
            {tree.length === 1
              ? messages.noSamplesTitle
              : messages.noWeightTitle(format.weight(tree.total[0], tree.unit))}
          </h3>
        </div>
      </Root>
    );
  }
  return (
    <Root
      fill={height === 'fill'}
      onPointerEnter={LaterNodeMenu.fetch}
      onFocus={LaterNodeMenu.fetch}
    >
      {props.toolbar !== false && (
        <div className="hf-toolbar">
          <SearchBox
            inputRef={searchRef}
            value={state.search}
            label={messages.search}
            outcome={searchError?.message ?? searchOutcome(search, settings)}
            canStep={search?.hasMatch(focus, tree.end[focus]) === true}
            onChange={(text) => update({ search: text })}
            onStep={step}
            onLeave={focusPicture}
          />
          <div className="hf-controls">
            {props.controls}
            {props.ownControls}
            {props.orientation === undefined && (
              <OrientationSwitch
                value={orientation}
                onChange={(chosen) => update({ orientation: chosen })}
              />
            )}
            {props.saveAs !== false && (
              <ExportMenu
                name={props.saveAs ?? 'profile'}
                diffForm={props.diffForm}
                stacks={props.stacksToSave}
                transforms={state.transforms}
                isHatched={props.isHatched}
                noteOf={props.noteOf}
                {...{ tree, scale, weight, orientation, focus }}
              />
            )}
          </div>
        </div>
      )}
      {/* The search box keeps the focus, so nothing else tells where a step has led. With a margin, it
          would stick out of pages from right to left. */}
      <span className="hf-sr" style={{ margin: 0 }} aria-live="polite">
        {isAtMatch && (
          // Said once more where the next one has the same name and weight.
          <span key={cursor}>
            {[
              nodeName(tree, cursor, messages),
              ...props.columns.map(({ header, cell }) => `${header} ${cell(cursor)}`),
            ].join(', ')}
          </span>
        )}
      </span>
      {props.breadcrumb !== false && (
        <Breadcrumb tree={tree} focus={focus} onFocus={zoomTo} onLeave={focusPicture}>
          {props.totalsOf(focus)}
        </Breadcrumb>
      )}
      <FittedPlot
        tree={tree}
        label={props.label}
        weight={weight}
        scrollerRef={scrollerRef}
        fit={height}
        maxHeight={maxHeight}
        leastRows={leastRows}
        rowHeight={rowHeight}
        orientation={orientation}
        scale={scale}
        focus={focus}
        cursor={cursor}
        selected={found?.tree === tree ? found.node : selected}
        isMatch={isMatch}
        hasMatch={search?.hasMatch}
        isHatched={props.isHatched}
        noteOf={props.noteOf}
        nameEnd={props.nameEnd}
        columns={props.columns}
        whole={props.whole}
        tooltipOf={props.tooltipOf}
        holdsEscape={holdsEscape}
        minimap={props.minimap !== false}
        onShowWhole={() => {
          if (focus !== 0) update({ focus: [] });
        }}
        onCursor={setCursor}
        onPick={pick}
        onMenu={(node, x, y) => menu.open({ tree, node }, x, y)}
        onKeyDown={onKeyDown}
        legendOf={props.legend === false ? undefined : props.legendOf}
      />
      {menu.at && (
        <LaterNodeMenu
          tree={tree}
          node={menuNode}
          frame={detailsOf(menuNode)}
          doings={{
            zoom: () => zoomTo(menuNode),
            search: (text) => update({ search: text }),
            pivot: props.pivotable ? () => showCallersAndCallees(menuNode) : undefined,
            transform: props.transformable ? transform : undefined,
            openOther: onOpenOther,
            askBelow: props.onAskBelow,
            labelFrames: props.labelFrames,
          }}
          callbacks={props}
          x={menu.at.x}
          y={menu.at.y}
          onClose={menu.close}
        />
      )}
    </Root>
  );
}

import { useMemo, useRef } from 'react';
import { frameKey, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { colorScale } from '../color/scales.ts';
import { shareOf } from '../format/numbers.ts';
import { keyName } from '../frames/keyName.ts';
import { useFlameState } from '../state/useFlameState.ts';
import type { FlameState } from '../state/flameState.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { focusTwin } from '../twin/focusTwin.ts';
import { ColorChoice } from '../view/ColorChoice.tsx';
import { FlameSurface, type SearchFromOutside } from '../view/FlameSurface.tsx';
import { Legend } from '../view/Legend.tsx';
import { SearchBox } from '../view/SearchBox.tsx';
import { tooltipText } from '../view/tooltipText.ts';
import { useWidths } from '../view/useWidths.ts';
import { dropRoot } from './dropRoot.ts';
import { useSearchOfBoth } from './useSearchOfBoth.ts';
import type { SandwichViewProps } from './SandwichView.tsx';
import { Styles } from '../theme/Styles.tsx';
import { SANDWICH_STYLES } from './styles.ts';

/** What `<SandwichView>` draws, with the settings that hold there. */
export function BothSides(props: Omit<SandwichViewProps, keyof SettingsProps>) {
  const { sandwich, height = 'auto', maxHeight = 320 } = props;
  const { messages, format } = useAllSettings();
  const [state, update] = useFlameState(props);
  const searchRef = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const callers = useMemo(() => dropRoot(sandwich.callers), [sandwich]);
  const callees = useMemo(() => dropRoot(sandwich.callees), [sandwich]);
  const total = sandwich.callees.total[0];
  const whole = props.whole ?? total;
  const { above, below, outcome, canStep, step, found } = useSearchOfBoth(
    callers,
    callees,
    state.search,
    whole,
  );
  const fills = height === 'fill';
  const name = keyName(props.pivot ?? state.pivot, messages);
  const figure = (weight: number): string =>
    `${format.weight(weight, callees.unit)} (${format.share(shareOf(weight, whole))})`;

  if (sandwich.callees.length < 2) {
    return (
      <Root fill={fills}>
        <div className="hf-face" role="status">
          <h3>{messages.functionNotHere(name)}</h3>
          <div className="hf-face-actions">
            <button
              type="button"
              className="hf-button"
              onClick={() => update({ pivot: '', selected: [] })}
            >
              {messages.chooseFunction}
            </button>
          </div>
        </div>
      </Root>
    );
  }
  const self = selfOfFunction(callees);
  const side = (tree: CallTree, orientation: FlameState['orientation'], heading: string) => (
    <Side
      {...props}
      tree={tree}
      whole={whole}
      orientation={orientation}
      label={heading}
      maxHeight={maxHeight}
      height={height}
      state={state}
      onStateChange={update}
      searching={{ boxRef: searchRef, found, ...(tree === callers ? above : below) }}
    />
  );
  return (
    <Root
      fill={fills}
      role="group"
      aria-label={props.label ?? messages.sandwichLabel(name)}
      rootRef={body}
    >
      <Styles of={SANDWICH_STYLES} />
      {props.toolbar !== false && (
        <div className="hf-toolbar hf-of-both">
          <SearchBox
            inputRef={searchRef}
            value={state.search}
            label={messages.search}
            outcome={outcome}
            canStep={canStep}
            onChange={(search) => update({ search })}
            onStep={step}
            onLeave={() => {
              const sides = body.current?.querySelectorAll<HTMLElement>('.hf-side');
              focusTwin(sides?.[found?.tree === callees ? 1 : 0] ?? null);
            }}
          />
          <div className="hf-controls">
            {props.controls}
            <ColorChoice value={state.colorBy} onChange={(colorBy) => update({ colorBy })} />
          </div>
        </div>
      )}
      <div className="hf-pivot">
        <bdi className="hf-pivot-name" title={name}>
          {name}
        </bdi>
        <span className="hf-pivot-figures">
          {`${messages.total} ${figure(total)} · ${messages.self} ${figure(self)}`}
        </span>
        <button
          type="button"
          className="hf-button hf-reset"
          onClick={() => update({ pivot: '', selected: [] })}
        >
          {messages.chooseFunction}
        </button>
      </div>
      {side(callers, 'flame', messages.callersOf(name))}
      {side(callees, 'icicle', messages.calleesOf(name))}
    </Root>
  );
}

interface SideProps extends Omit<SandwichViewProps, keyof SettingsProps | 'sandwich'> {
  tree: CallTree;
  whole: number;
  label: string;
  orientation: FlameState['orientation'];
  state: FlameState;
  onStateChange: (change: Partial<FlameState>) => void;
  searching: SearchFromOutside;
}

function Side({ tree, whole, state, onStateChange, orientation, ...props }: SideProps) {
  const settings = useAllSettings();
  const { messages, format } = settings;
  const isCallers = orientation === 'flame';
  const scale = useMemo(() => colorScale(tree, state.colorBy), [tree, state.colorBy]);
  const { weight, isHatched } = useWidths(tree);
  const columns = useMemo(() => {
    const { total, self, unit } = tree;
    return [
      { header: messages.total, cell: (node: NodeIndex) => format.weight(total[node], unit) },
      {
        header: messages.share,
        cell: (node: NodeIndex) => format.share(shareOf(total[node], whole)),
      },
      { header: messages.self, cell: (node: NodeIndex) => format.weight(self[node], unit) },
    ].slice(0, isCallers ? 2 : 3);
  }, [tree, whole, isCallers, messages, format]);
  // Places of the graph mean nothing in here; all else is the same in every view.
  const own = useMemo<FlameState>(
    () => ({ ...state, focus: [], selected: [], orientation }),
    [state, orientation],
  );
  const turnTo = (node: NodeIndex): void =>
    onStateChange({
      pivot: frameKey(tree.frames, tree.frame[node], tree.granularity),
      selected: [],
    });
  return (
    <section className="hf-side" data-fill={!isCallers && props.height === 'fill'}>
      <h3 className="hf-side-heading" data-side={isCallers ? 'callers' : 'callees'}>
        {isCallers ? messages.callers : messages.callees}
      </h3>
      <FlameSurface
        {...props}
        tree={tree}
        weight={weight}
        whole={whole}
        isHatched={isHatched}
        scale={scale}
        state={own}
        update={({ focus: _, selected: __, ...change }) => onStateChange(change)}
        columns={columns}
        orientation={orientation}
        toolbar={false}
        breadcrumb={false}
        legend={!isCallers && props.legend !== false}
        height={isCallers || props.height !== 'fill' ? 'auto' : 'fill'}
        leastRows={2}
        onEnter={turnTo}
        onStepBack={() => onStateChange({ pivot: '', selected: [] })}
        tooltipOf={(node) =>
          tooltipText(tree, node, settings, [
            [
              messages.total,
              format.weight(tree.total[node], tree.unit),
              format.share(shareOf(tree.total[node], whole)),
              messages.ofTheFunction(format.share(shareOf(tree.total[node], tree.total[0]))),
            ],
          ])
        }
        totalsOf={() => null}
        ownControls={null}
        legendOf={(layout) => (
          <Legend {...{ tree, layout, scale, isHatched }} mode={state.colorBy} />
        )}
      />
    </section>
  );
}

/** Self weight of the function at the root, with what it has where it is called again below. */
function selfOfFunction({ frame, self }: CallTree): number {
  let sum = 0;
  for (let node = 0; node < frame.length; node++) if (frame[node] === frame[0]) sum += self[node];
  return sum;
}

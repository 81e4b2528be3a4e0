import type { StackTable } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import { useFunctionTable, useSandwich } from '../engine/useTrees.ts';
import { Computed } from '../panel/Computed.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import type { InspectorOptions } from './FrameInspectorView.tsx';
import { Inspector } from './Inspector.tsx';
import type { AskedLines } from './useAskedDetails.ts';

interface InspectorOfStacksProps extends OfStacks, InspectorOptions {
  /** The same samples with lines, where `stacks` were asked for without. */
  lineStacks?: StackTable;
  /** In place of them, where they are only now being asked for. */
  askedLines?: AskedLines;
  labels?: readonly Facet[];
  retryLabels?: () => void;
  tellsMore?: boolean;
}

/** Details of the state's `pivot`, out of stacks; its callers and callees are the way to others. */
export function InspectorOfStacks(props: InspectorOfStacksProps) {
  const {
    stacks,
    lineStacks,
    askedLines,
    granularity,
    state,
    update,
    retry: _,
    ...options
  } = props;
  const { messages } = useAllSettings();
  const { transforms, pivot } = state;
  const functions = useFunctionTable(stacks, { granularity, transforms });
  const sides = useSandwich(stacks, pivot, { granularity, transforms });
  const withLines = askedLines ? askedLines.stacks : (lineStacks ?? stacks);
  const lines = useFunctionTable(pivot === '' ? undefined : withLines, {
    granularity: 'line',
    transforms,
  });
  const isOfAnother = askedLines !== undefined && lines.computing;
  const error = askedLines?.error ?? lines.error ?? null;
  if (pivot === '') {
    return (
      <div className="hf-face" role="status">
        <h3>{messages.chooseFunction}</h3>
        <p>{messages.inspectorHint}</p>
      </div>
    );
  }
  return (
    <Computed {...props} result={functions}>
      {(table) => (
        <Computed {...props} result={sides}>
          {(sandwich) => (
            <Inspector
              {...options}
              pivot={sandwich.pivot}
              table={table}
              sandwich={sandwich}
              byLine={isOfAnother ? undefined : lines.value}
              askedLines={askedLines && { ...askedLines, error }}
              onPivot={(key) => update({ pivot: key, selected: [] })}
            />
          )}
        </Computed>
      )}
    </Computed>
  );
}

import type { StackTable } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import { useFunctionTable, useSandwich } from '../engine/useTrees.ts';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import { useSettings } from '../theme/settings.ts';
import { FrameInspectorView, type InspectorOptions } from './FrameInspectorView.tsx';

interface InspectorOfStacksProps extends OfStacks, InspectorOptions {
  /** The same samples with lines, where `stacks` were asked for without. */
  lineStacks?: StackTable;
  labels?: readonly Facet[];
}

/** Details of the state's `pivot`, out of stacks; its callers and callees are the way to others. */
export function InspectorOfStacks(props: InspectorOfStacksProps) {
  const { stacks, lineStacks, granularity, state, update, retry, ...options } = props;
  const { messages } = useSettings();
  const { transforms, pivot } = state;
  const { value: table, error: tableError } = useFunctionTable(stacks, { granularity, transforms });
  const sides = useSandwich(stacks, pivot, { granularity, transforms });
  const { value: byLine } = useFunctionTable(lineStacks ?? stacks, {
    granularity: 'line',
    transforms,
  });
  const faces = { ...defaultFaces, ...props.faces };
  const error = tableError ?? sides.error;
  if (error) return <faces.Error error={error} retry={retry} />;
  if (pivot === '') {
    return (
      <div className="hf-face" role="status">
        <h3>{messages.chooseFunction}</h3>
      </div>
    );
  }
  if (!table || !sides.value) return <faces.Loading lookedFor={messages.loading} />;
  return (
    <FrameInspectorView
      {...options}
      pivot={sides.value.pivot}
      table={table}
      sandwich={sides.value}
      byLine={byLine}
      onPivot={(key) => update({ pivot: key, selected: [] })}
    />
  );
}

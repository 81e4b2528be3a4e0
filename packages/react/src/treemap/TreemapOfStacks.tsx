import { useFunctionTable } from '../engine/useTrees.ts';
import { defaultFaces } from '../panel/defaultFaces.tsx';
import type { OfStacks } from '../panel/ofStacks.ts';
import { useSettings } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { ProfileTreemapView, type TreemapOptions } from './ProfileTreemapView.tsx';

/** The treemap of stacks, whose functions are summed up in a worker. */
export function TreemapOfStacks(props: OfStacks & TreemapOptions & FrameCallbacks) {
  const { stacks, granularity, state, update, retry } = props;
  const { messages } = useSettings();
  const { transforms } = state;
  const { value: table, error } = useFunctionTable(stacks, { granularity, transforms });
  const faces = { ...defaultFaces, ...props.faces };
  if (error) return <faces.Error error={error} retry={retry} />;
  if (!table) return <faces.Loading lookedFor={messages.loading} />;
  return <ProfileTreemapView {...props} table={table} state={state} onStateChange={update} />;
}

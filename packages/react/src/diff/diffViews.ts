import type { FlameState, View } from '../state/flameState.ts';

/** The pictures of a diff: graph, list of changes, and both. */
export const DIFF_VIEWS: readonly View[] = ['graph', 'both', 'table'];

/** The picture that is shown: the state's, if it is one to choose from. */
export function diffViewOf({ view }: FlameState, views: readonly View[] = DIFF_VIEWS): View {
  return views.find((one) => one === view) ?? views[0] ?? 'graph';
}

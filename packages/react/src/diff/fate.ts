import type { DiffTree, NodeIndex } from '@hyperflame/calltree';

/** What became of a frame between two profiles. */
export type Fate = 'removed' | 'new' | 'kept';

export function nodeFate({ before, after }: DiffTree, node: NodeIndex): Fate {
  const was = before.totalCount[node] !== 0 || before.total[node] !== 0;
  const is = after.totalCount[node] !== 0 || after.total[node] !== 0;
  if (was && !is) return 'removed';
  return is && !was ? 'new' : 'kept';
}

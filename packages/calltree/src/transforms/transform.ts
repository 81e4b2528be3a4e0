import type { FrameKey } from '../frames/key.ts';
import type { FrameKind } from '../model/frames.ts';
import type { Granularity } from '../model/tree.ts';
import type { SearchQuery } from '../search/query.ts';

/**
 * A property that frames have in common. A frame's function is its name, whichever file, binary or
 * line it stands in; its module is its binary, or its file where no binary is known, as in
 * JavaScript.
 */
export const FRAME_PROPERTIES = ['function', 'file', 'module', 'kind'] as const;
export type FrameProperty = (typeof FRAME_PROPERTIES)[number];

/** Which frames are meant: those that match the query, and those of these kinds. */
export interface FrameFilter {
  readonly query?: SearchQuery;
  readonly kinds?: readonly FrameKind[];
}

/** A function, or a line of it, as `frameKey` names it. */
export interface FunctionOfTree {
  readonly frame: FrameKey;
  /** The granularity that the key was made with; `function` if not said. */
  readonly granularity?: Granularity;
}

/** A node of the tree, as `framePath` names it. */
export interface NodeOfTree {
  /** Keys from below the root to the node. An empty path is the root. */
  readonly path: readonly FrameKey[];
  readonly granularity?: Granularity;
  /** True when the path leads up from the leaves, as in an inverted tree. */
  readonly inverted?: boolean;
}

/**
 * A change to a profile, as a value that can be kept in a link. Each says what becomes of the stacks
 * (`m` is main, root first):
 *
 *     focus-subtree       m a b c  →  b c          at path m a b; stacks that do not lead there go
 *     focus-function      m a b c  →  b c          at b, its outermost call; stacks without b go
 *     focus-self          m a b    →  b            at b; stacks that do not end in b go
 *     focus-kind          m a b c  →  a c          where a and c are of the kind; others go
 *     drop-function       m a b c  →  (gone)       at b
 *     drop-kind           m a b c  →  (gone)       where one frame is of the kind
 *     merge-function      m a b c  →  m a c        at b: its own weight becomes its callers'
 *     merge-node          m a b c  →  m a c        at path m a b, but not elsewhere
 *     hide-frames         m a b c  →  m c          where a and b match ("only my code")
 *     keep-frames         m a b c  →  a b          where a and b match
 *     collapse-subtree    m a b c  →  m a          at a: all that it calls becomes its own weight
 *     collapse-direct-recursion   m b b c    →  m b c     at b, or at every function
 *     collapse-recursion          m b a b c  →  m b c     at b: from the first b to the last
 *     collapse-property   m a b c  →  m [libc] c   where a and b are of the module libc
 *     group-by            m a b c  →  [app] [libc] each run of frames with one module is a frame
 *     focus-label         m a b c  →  m a b c      on the thread main; stacks of others go
 *     drop-label          m a b c  →  (gone)       on the thread main
 *     group-by-label      m a b c  →  [thread: main] m a b c
 *
 * Weight goes only with stacks that go; of the weight that a table leaves out, nobody knows whether
 * it would, so it goes with those that focus and stays with the others. Two profiles in a diff are both
 * grouped by a label that either of them has.
 */
export type Transform =
  | ({ readonly type: 'focus-subtree' } & NodeOfTree)
  | ({ readonly type: 'focus-function' } & FunctionOfTree)
  | ({ readonly type: 'focus-self' } & FunctionOfTree)
  | { readonly type: 'focus-kind'; readonly kind: FrameKind }
  | ({ readonly type: 'drop-function' } & FunctionOfTree)
  | { readonly type: 'drop-kind'; readonly kind: FrameKind }
  | ({ readonly type: 'merge-function' } & FunctionOfTree)
  | ({ readonly type: 'merge-node' } & NodeOfTree)
  | { readonly type: 'hide-frames'; readonly frames: FrameFilter }
  | { readonly type: 'keep-frames'; readonly frames: FrameFilter }
  | ({ readonly type: 'collapse-subtree' } & FunctionOfTree)
  | ({ readonly type: 'collapse-direct-recursion' } & Partial<FunctionOfTree>)
  | ({ readonly type: 'collapse-recursion' } & FunctionOfTree)
  | { readonly type: 'collapse-property'; readonly by: FrameProperty; readonly value: string }
  | { readonly type: 'group-by'; readonly by: FrameProperty }
  | { readonly type: 'focus-label'; readonly label: string; readonly value: string }
  | { readonly type: 'drop-label'; readonly label: string; readonly value: string }
  | { readonly type: 'group-by-label'; readonly label: string };

export type TransformType = Transform['type'];

import type {
  CallTree,
  DiffForm,
  DiffTree,
  NodeIndex,
  StackTable,
  Transform,
} from '@hyperflame/calltree';
import type { ColorScale } from '../color/scales.ts';
import type { NumberFormat } from '../format/numbers.ts';
import type { Messages } from '../messages/messages.ts';
import type { Orientation } from '../state/flameState.ts';
import type { CanvasTheme } from '../theme/canvasTheme.ts';

/** What is saved, and how it looks where it is seen. */
export interface ExportSource {
  readonly tree: CallTree | DiffTree;
  /** How the changes of a diff are told. */
  readonly diffForm?: DiffForm;
  /**
   * What the tree was made from, where it is at hand: it knows more than the tree does, such as
   * lines and labels. Asked when something is saved.
   */
  readonly stacks?: () => StackTable;
  /** Changes that the tree has, and these stacks have not. */
  readonly transforms: readonly Transform[];
  /** Title and file name. */
  readonly name: string;
  readonly scale: ColorScale;
  readonly orientation: Orientation;
  /** The node that fills the width of a picture. */
  readonly focus: NodeIndex;
  /** What the widths of a picture stand for, if that is not the totals. */
  readonly weight?: Float64Array;
  readonly isHatched?: (node: NodeIndex) => boolean;
  readonly noteOf?: (node: NodeIndex) => string;
}

/** The same with everything that only the page knows. */
export interface ExportView extends ExportSource {
  readonly theme: CanvasTheme;
  readonly labelOf: (node: NodeIndex) => string;
  readonly messages: Messages;
  readonly format: NumberFormat;
}

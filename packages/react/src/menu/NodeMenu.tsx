import type { CallTree, NodeIndex } from '@hyperflame/calltree';
import { nodeName } from '../frames/frameNames.ts';
import { useSettings } from '../theme/settings.ts';
import type { FrameCallbacks } from '../view/actions.ts';
import { FrameMenu } from '../view/FrameMenu.tsx';
import { frameEntries, type FrameDoings } from './frameEntries.ts';

interface NodeMenuProps {
  tree: CallTree;
  node: NodeIndex;
  doings: FrameDoings;
  callbacks: FrameCallbacks;
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  onClose: (reason: 'chosen' | 'dismissed') => void;
}

/** The menu of a frame in a picture. */
export function NodeMenu({ tree, node, doings, callbacks, ...menu }: NodeMenuProps) {
  const settings = useSettings();
  return (
    <FrameMenu
      {...menu}
      title={nodeName(tree, node, settings.messages)}
      entries={frameEntries(tree, node, doings, callbacks, settings)}
    />
  );
}

import { nodeName } from '../frames/frameNames.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { FrameMenu } from '../view/FrameMenu.tsx';
import { frameEntries, type MenuNode } from './frameEntries.ts';

interface NodeMenuProps extends MenuNode {
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  onClose: () => void;
}

/** The menu of a frame in a picture. */
export function NodeMenu({ x, y, onClose, ...of }: NodeMenuProps) {
  const settings = useAllSettings();
  return (
    <FrameMenu
      {...{ x, y, onClose }}
      title={nodeName(of.tree, of.node, settings.messages)}
      entries={frameEntries(of, settings)}
    />
  );
}

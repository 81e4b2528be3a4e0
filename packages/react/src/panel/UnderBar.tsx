import { keyName } from '../frames/keyName.ts';
import type { FramePath } from '../state/flameState.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { Styles } from '../theme/Styles.tsx';
import { Path, type Step } from '../view/Path.tsx';
import { NOTICE_STYLES } from './noticeStyles.ts';

/** Frames shown at the end of a path; those above them are one "…". */
const SHOWN = 3;

interface UnderBarProps {
  /** How the stacks begin that are asked for. */
  path: FramePath;
  /** Asks below another frame of the path; below none of them for an empty one. */
  onAsk: (path: FramePath) => void;
}

/** Says that only a part of the profile was asked for, which one, and leads back. */
export function UnderBar({ path, onAsk }: UnderBarProps) {
  const { messages, format } = useAllSettings();
  const hidden = Math.max(0, path.length - SHOWN);
  const steps = path.slice(hidden).map((key, i): Step => {
    const length = hidden + i + 1;
    return {
      key: length,
      name: keyName(key, messages),
      isCurrent: length === path.length,
      onPick: () => onAsk(path.slice(0, length)),
    };
  });
  const more: Step = {
    key: 'more',
    name: '…',
    title: messages.hiddenPath(hidden, format.count(hidden)),
    onPick: () => onAsk(path.slice(0, hidden)),
  };
  return (
    <div className="hf-notice">
      <Styles of={NOTICE_STYLES} />
      <span className="hf-tag">{messages.onlyBelow}</span>
      <Path label={messages.onlyBelow} steps={hidden > 0 ? [more, ...steps] : steps} />
      <button type="button" className="hf-button hf-reset" onClick={() => onAsk([])}>
        {messages.askForAll}
      </button>
    </div>
  );
}

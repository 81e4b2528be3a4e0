import type { Transform } from '@hyperflame/calltree';
import { useAllSettings } from '../theme/allSettings.ts';
import { ClearIcon } from '../view/icons.tsx';
import { describeTransform } from './describeTransform.ts';

interface TransformChipsProps {
  transforms: readonly Transform[];
  /** The one at this place is taken back. */
  onRemove: (at: number) => void;
}

/** Changes in order, in words. */
export function TransformChips({ transforms, onRemove }: TransformChipsProps) {
  const { messages } = useAllSettings();
  return (
    <ol>
      {transforms.map((transform, at) => {
        const text = describeTransform(transform, messages);
        return (
          <li key={at} className="hf-chip" title={text}>
            <bdi>{text}</bdi>
            <button
              type="button"
              className="hf-button hf-quiet hf-icon-button"
              aria-label={messages.removeTransform(text)}
              onClick={() => onRemove(at)}
            >
              <ClearIcon />
            </button>
          </li>
        );
      })}
    </ol>
  );
}

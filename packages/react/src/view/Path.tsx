import { ChevronIcon } from './icons.tsx';

export interface Step {
  readonly key: string | number;
  readonly name: string;
  /** What a short name stands for. */
  readonly title?: string;
  readonly isCurrent?: boolean;
  readonly onPick: () => void;
}

interface PathProps {
  label: string;
  steps: readonly Step[];
}

/** Frames from a caller down, each of them a way back to it. */
export function Path({ label, steps }: PathProps) {
  return (
    <div role="group" aria-label={label} className="hf-path">
      <ol>
        {steps.map(({ key, name, title = name, isCurrent, onPick }, at) => (
          <li key={key}>
            {at > 0 && (
              <span className="hf-chevron">
                <ChevronIcon />
              </span>
            )}
            <button
              type="button"
              className="hf-crumb"
              title={title}
              aria-label={title === name ? undefined : title}
              aria-current={isCurrent ? 'location' : undefined}
              onClick={onPick}
            >
              <bdi>{name}</bdi>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

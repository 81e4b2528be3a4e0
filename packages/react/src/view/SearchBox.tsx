import { useId, type KeyboardEvent, type RefObject } from 'react';
import { useSettings } from '../theme/settings.ts';
import { ClearIcon, DownIcon, SearchIcon, UpIcon } from './icons.tsx';

interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement | null>;
  value: string;
  label: string;
  /** What was found, in words. */
  outcome: string;
  onChange: (value: string) => void;
  /** To the next match (1) or the one before (-1), where that makes sense. */
  onStep?: (step: 1 | -1) => void;
  /** There is a match to go to. */
  canStep?: boolean;
  /** Back from the box to the picture. */
  onLeave: () => void;
}

export function SearchBox(props: SearchBoxProps) {
  const { inputRef, value, label, outcome, onChange, onStep, canStep = false } = props;
  const { messages } = useSettings();
  const outcomeId = useId();

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      // A form of the host's around it would be sent.
      event.preventDefault();
      if (canStep) onStep?.(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && value !== '') {
      event.preventDefault();
      event.stopPropagation();
      onChange('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      props.onLeave();
    }
  };

  return (
    <div className="hf-search">
      <div className="hf-field">
        <SearchIcon />
        <input
          ref={inputRef}
          className="hf-input"
          type="search"
          value={value}
          aria-label={label}
          aria-describedby={outcomeId}
          placeholder={label}
          title={messages.searchHint}
          spellCheck={false}
          autoComplete="off"
          data-mantine-stop-propagation={value === '' ? undefined : 'true'}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {value !== '' && (
          <button
            type="button"
            className="hf-button hf-quiet hf-icon-button hf-clear"
            aria-label={messages.clearSearch}
            onClick={() => {
              onChange('');
              inputRef.current?.focus();
            }}
          >
            <ClearIcon />
          </button>
        )}
      </div>
      {value !== '' && onStep && (
        <>
          <button
            type="button"
            className="hf-button hf-quiet hf-icon-button"
            aria-label={messages.previousMatch}
            disabled={!canStep}
            onClick={() => onStep(-1)}
          >
            <UpIcon />
          </button>
          <button
            type="button"
            className="hf-button hf-quiet hf-icon-button"
            aria-label={messages.nextMatch}
            disabled={!canStep}
            onClick={() => onStep(1)}
          >
            <DownIcon />
          </button>
        </>
      )}
      <span id={outcomeId} className="hf-matched" role="status">
        {outcome}
      </span>
    </div>
  );
}

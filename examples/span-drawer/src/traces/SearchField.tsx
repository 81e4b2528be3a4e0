import { useEffect, useState } from 'react';
import { Icon } from '../theme/Icon.tsx';

const PAUSE_MILLIS = 250;

interface SearchFieldProps {
  value: string;
  onSearch: (text: string) => void;
}

/** Asks once the typing pauses, not at every letter. */
export function SearchField({ value, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [taken, setTaken] = useState(value);
  if (value !== taken) {
    setTaken(value);
    // What has been typed since the last question stays: it is what is asked for next.
    if (text === taken) setText(value);
  }
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onSearch(text), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [text, value, onSearch]);
  return (
    <label className="field">
      <Icon name="search" />
      <input
        type="search"
        value={text}
        aria-label="Search endpoints"
        placeholder="Search by endpoint, or paste a trace id"
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  );
}

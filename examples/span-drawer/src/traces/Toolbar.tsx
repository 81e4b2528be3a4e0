import { useEffect, useState } from 'react';
import { Icon } from '../theme/Icon.tsx';
import { usePlace } from '../url/usePlace.ts';

const RANGES: readonly [minutes: number, label: string][] = [
  [5, 'Last 5 minutes'],
  [15, 'Last 15 minutes'],
  [60, 'Last hour'],
  [6 * 60, 'Last 6 hours'],
  [24 * 60, 'Last day'],
  [7 * 24 * 60, 'Last 7 days'],
];
const PAUSE_MILLIS = 250;

export function Toolbar() {
  const [{ q, minutes, live }, setPlace] = usePlace();
  const known = RANGES.some(([length]) => length === minutes);
  return (
    <div className="toolbar">
      <SearchField key={q} value={q} onSearch={(text) => void setPlace({ q: text })} />
      <select
        className="select"
        aria-label="Time range"
        value={minutes}
        onChange={(event) => void setPlace({ minutes: Number(event.target.value) })}
      >
        {!known && <option value={minutes}>Last {minutes} minutes</option>}
        {RANGES.map(([length, label]) => (
          <option key={length} value={length}>
            {label}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button"
        style={{ height: 32 }}
        aria-pressed={live}
        title={live ? 'New traces appear by themselves' : 'The list stands still'}
        onClick={() => void setPlace({ live: !live })}
      >
        <Icon name={live ? 'pause' : 'play'} size={14} />
        {live ? 'Pause' : 'Go live'}
      </button>
    </div>
  );
}

/** Asks once the typing pauses, not at every letter. */
function SearchField({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const [text, setText] = useState(value);
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

import { Icon } from '../theme/Icon.tsx';
import { usePlace } from '../url/usePlace.ts';
import { SearchField } from './SearchField.tsx';

const RANGES: readonly [minutes: number, label: string][] = [
  [5, 'Last 5 minutes'],
  [15, 'Last 15 minutes'],
  [60, 'Last hour'],
  [6 * 60, 'Last 6 hours'],
  [24 * 60, 'Last day'],
  [7 * 24 * 60, 'Last 7 days'],
];

export function Toolbar() {
  const [{ q, endpoint, minutes, live }, setPlace] = usePlace();
  const known = RANGES.some(([length]) => length === minutes);
  return (
    <div className="toolbar">
      <SearchField value={q} onSearch={(text) => void setPlace({ q: text })} />
      {endpoint !== '' && (
        // The list of endpoints may have no room, or not this one: it has those that are searched for.
        <button
          type="button"
          className="button only"
          title={`Only ${endpoint}. Click to show all endpoints.`}
          onClick={() => void setPlace({ endpoint: '' })}
        >
          <span className="visually-hidden">Show all endpoints, not only </span>
          <span className="name">{endpoint}</span>
          <Icon name="close" size={14} />
        </button>
      )}
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

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { isCallTreeError, type NamedStacks } from '@hyperflame/calltree';
import { readProfileInWorker } from '@hyperflame/calltree/worker';

interface Opened {
  readonly file: string;
  readonly profiles: readonly NamedStacks[];
}

interface ProfileOpenerProps {
  /** What is shown before anything was opened. */
  first: Opened;
  children: (profile: NamedStacks, file: string) => ReactNode;
}

/** Opens profile files: dropped, chosen, or pasted, as a file or as text. */
export function ProfileOpener({ first, children }: ProfileOpenerProps) {
  const [opened, setOpened] = useState(first);
  const [chosen, setChosen] = useState(0);
  const [problem, setProblem] = useState('');
  const [isOver, setIsOver] = useState(false);
  /** What is being read, and how much of it is done. */
  const [reading, setReading] = useState<{ file: string; share: number } | null>(null);
  const lastAsked = useRef<AbortController>(null);
  const input = useRef<HTMLInputElement>(null);

  const open = async (file: Blob, name: string): Promise<void> => {
    // Of several files, the last one counts.
    lastAsked.current?.abort();
    const asked = new AbortController();
    lastAsked.current = asked;
    const { signal } = asked;
    setProblem('');
    setReading({ file: name, share: 0 });
    try {
      const onProgress = (share: number): void => {
        if (!signal.aborted) setReading({ file: name, share });
      };
      const profiles = await readProfileInWorker(file, { signal, onProgress });
      if (signal.aborted) return;
      setOpened({ file: name, profiles });
      setChosen(0);
    } catch (error) {
      if (!signal.aborted) setProblem(`${name} was not opened. ${reasonOf(error)}`);
    } finally {
      if (lastAsked.current === asked) setReading(null);
    }
  };
  const openFirst = (data: DataTransfer | null): void => {
    const file = data?.files[0];
    const text = data?.getData('text/plain');
    if (file) void open(file, file.name);
    else if (text) void open(new Blob([text]), 'Pasted text');
  };

  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      // Text that is meant for a field, such as the search, stays there.
      if (event.target instanceof HTMLInputElement) return;
      openFirst(event.clipboardData);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  });

  const profile = opened.profiles[chosen];
  return (
    <div
      data-testid="opener"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        openFirst(event.dataTransfer);
      }}
      style={{
        font: '13px/1.5 system-ui, sans-serif',
        color: 'light-dark(#1d2027, #e3e5ea)',
        outline: isOver ? '3px dashed light-dark(#1f5fd0, #7db0ff)' : 'none',
        outlineOffset: -6,
      }}
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '6px 14px', padding: 12 }}>
        <button type="button" onClick={() => input.current?.click()}>
          Open a profile
        </button>
        <input
          ref={input}
          type="file"
          aria-label="Profile file"
          hidden
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void open(file, file.name);
            event.target.value = '';
          }}
        />
        <span style={{ flex: '1 1 260px' }}>
          or drop a file anywhere, or paste one: pprof, OTLP, speedscope, CPU and heap profiles of
          V8, profiles of Firefox and samply, traces of Chromium, perf script, folded stacks or
          JSON, gzipped or not. It stays on this page.
        </span>
        {opened.profiles.length > 1 && (
          <label>
            Profile{' '}
            <select value={chosen} onChange={(event) => setChosen(Number(event.target.value))}>
              {opened.profiles.map(({ name, stacks }, i) => (
                <option key={i} value={i}>
                  {`${name || 'Profile'} (${stacks.unit})`}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {reading && (
        <p style={{ margin: '0 12px 12px' }}>
          <label style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <bdi>Reading {reading.file}</bdi>
            <progress value={reading.share} />
          </label>
        </p>
      )}
      {problem && (
        <p
          role="alert"
          style={{
            margin: '0 12px 12px',
            overflowWrap: 'anywhere',
            color: 'light-dark(#b3261e, #ff9a92)',
          }}
        >
          {problem}
        </p>
      )}
      <h2 style={{ margin: '0 12px 8px', font: 'inherit', fontWeight: 600 }}>
        <bdi>{opened.file}</bdi>
      </h2>
      {profile ? children(profile, opened.file) : <p role="status">It holds no profile.</p>}
    </div>
  );
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const place = isCallTreeError(error) && error.field ? ` (at ${error.field})` : '';
  return message.includes(String(place.slice(5, -1))) && place ? message : message + place;
}

import { Icon } from '../theme/Icon.tsx';
import { useColorScheme } from '../theme/useColorScheme.ts';

/** @param where the server that the page asks, once it is known */
export function Header({ where }: { where: string | undefined }) {
  const [scheme, setScheme] = useColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className="header">
      <h1>
        <Logo /> Hyperflame
        <span className="muted">Traces</span>
      </h1>
      <span className="where muted">{where}</span>
      <button
        type="button"
        className="icon-button"
        aria-label={`Switch to ${other} colours`}
        title={`Switch to ${other} colours`}
        onClick={() => setScheme(other)}
      >
        <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
      </button>
    </header>
  );
}

function Logo() {
  return (
    <svg width="18" height="18" viewBox="0 0 16 16" aria-hidden="true">
      <rect y="10.5" width="16" height="4" rx="1" fill="#e58f3c" />
      <rect y="5.5" width="11" height="4" rx="1" fill="#f2b265" />
      <rect y="0.5" width="5" height="4" rx="1" fill="#f7cf97" />
    </svg>
  );
}

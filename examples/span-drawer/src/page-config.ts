/** Where the page's server answers with a {@link PageConfig}. */
export const CONFIG_PATH = '/config.json';

/**
 * What the page has to know before it can ask anything. Everyone who can open the page can read it,
 * so the account must be one that may only read.
 */
export interface PageConfig {
  /** e.g. `http://127.0.0.1:8123` */
  readonly clickhouseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** @throws Error when CLICKHOUSE_URL is none, or has a path, which the page's client would not use */
export function configFromEnv(env: Readonly<Record<string, string | undefined>>): PageConfig {
  return {
    clickhouseUrl: withoutAccount(env['CLICKHOUSE_URL'] || 'http://127.0.0.1:8123'),
    user: env['CLICKHOUSE_VIEWER_USER'] || 'viewer',
    password: env['CLICKHOUSE_VIEWER_PASSWORD'] ?? 'viewer',
    database: env['CLICKHOUSE_DATABASE'] || 'default',
  };
}

/** An account in the URL is that of whoever runs this, which may write. */
function withoutAccount(url: string): string {
  if (!URL.canParse(url)) throw new Error('CLICKHOUSE_URL is no URL.');
  const { origin, pathname } = new URL(url);
  if (pathname !== '/') {
    throw new Error(
      'CLICKHOUSE_URL has more than a host and a port; CLICKHOUSE_DATABASE says which database.',
    );
  }
  return origin;
}

/** @throws TypeError naming the field */
export function parsePageConfig(value: unknown): PageConfig {
  const record = typeof value === 'object' && value !== null ? value : {};
  const text = (name: keyof PageConfig): string => {
    const field = (record as Record<string, unknown>)[name];
    if (typeof field !== 'string') throw new TypeError(`${CONFIG_PATH} has no '${name}'.`);
    return field;
  };
  return {
    clickhouseUrl: text('clickhouseUrl'),
    user: text('user'),
    password: text('password'),
    database: text('database'),
  };
}

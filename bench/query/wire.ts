import { request } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib';
import type { ClientRequest, ClientResponse, ProfileClient, QuerySettings } from '@hyperflame/sdk';

/** What one query cost, as the one who asked and the server see it. */
export interface Cost {
  /** From sending to the last byte, unpacked. */
  readonly ms: number;
  /** The answer as it came through the connection, compressed as for a browser. */
  readonly wireBytes: number;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly peakMemoryBytes: number;
}

export interface Query {
  readonly query: string;
  readonly parameters?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly settings?: QuerySettings;
}

/** What a browser says it can unpack. */
const ACCEPTED = 'gzip, deflate, br, zstd';

const unpack: Record<string, (data: Buffer) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
  identity: (data) => Promise.resolve(data),
};

/** Asks a ClickHouse over HTTP as a browser would, and keeps what each query cost. */
export class Wire {
  readonly #url: string;
  /** Sent with every query, on top of its own: how cold it should be. */
  readonly #settings: QuerySettings;
  readonly costs: Cost[] = [];

  constructor(url: string, settings: QuerySettings = {}) {
    this.#url = url;
    this.#settings = settings;
  }

  /** @throws Error with ClickHouse's message when the query fails. */
  async ask({ query, parameters = {}, settings = {} }: Query): Promise<string> {
    const search = new URLSearchParams({
      // Makes the summary complete: it is sent before the answer.
      wait_end_of_query: '1',
      enable_http_compression: '1',
      ...texts(settings),
      ...texts(this.#settings),
    });
    for (const [name, value] of Object.entries(parameters)) {
      search.set(`param_${name}`, parameterText(value));
    }
    const started = performance.now();
    const { body, headers, status } = await post(`${this.#url}/?${search}`, query);
    const encoding = String(headers['content-encoding'] ?? 'identity');
    const text = (await (unpack[encoding] ?? failing(encoding))(body)).toString('utf8');
    const ms = performance.now() - started;
    if (status !== 200) throw new Error(text.trim());
    const summary = JSON.parse(String(headers['x-clickhouse-summary'])) as Record<string, string>;
    this.costs.push({
      ms,
      wireBytes: body.length,
      rowsRead: Number(summary.read_rows),
      bytesRead: Number(summary.read_bytes),
      peakMemoryBytes: Number(summary.memory_usage),
    });
    return text;
  }
}

/** A client for the SDK's questions, over whichever wire they are to be counted on. */
export class ThroughWire implements ProfileClient {
  readonly key = 'bench';
  wire: Wire | undefined;

  async send({
    query: { query, query_params, format },
    settings,
  }: ClientRequest): Promise<ClientResponse> {
    if (!this.wire) throw new Error('There is no wire to ask through.');
    const text = await this.wire.ask({
      query: `${query}\nFORMAT ${format}`,
      parameters: query_params,
      settings,
    });
    const cost = this.wire.costs.at(-1);
    return { text, rowsRead: cost?.rowsRead, bytesRead: cost?.bytesRead };
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

function post(url: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'Accept-Encoding': ACCEPTED } });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks) });
      });
    });
    sent.end(body);
  });
}

function texts(settings: QuerySettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      String(typeof value === 'boolean' ? Number(value) : value),
    ]),
  );
}

/** As ClickHouse reads a parameter: a text with tabs and the like escaped, a list as a literal. */
function parameterText(value: string | number | readonly string[]): string {
  if (typeof value === 'number') return String(value);
  const escaped = (text: string): string =>
    text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
  if (typeof value === 'string') return escaped(value);
  return `[${value.map((text) => `'${escaped(text).replaceAll("'", "\\'")}'`).join(',')}]`;
}

function failing(encoding: string): never {
  throw new Error(`An answer came in the encoding ${encoding}, which nobody asked for.`);
}

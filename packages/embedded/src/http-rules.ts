import type { User } from './options.ts';
import type { XmlNode } from './xml.ts';

/** What a page is told that does not say as whom it asks. */
const REFUSED = 'A page has to ask as an account that has a password, and with it.';

const QUERIES = { type: 'dynamic_query_handler', query_param_name: 'query' };

/** Not by a name that somebody else's server of names has for this machine. */
const HERE = String.raw`regex:^(127\.0\.0\.1|localhost)(:\d+)?$`;

/**
 * Which requests are answered: the first rule that fits. A browser is on the same machine, whoever's page
 * it shows; without these, each of them could ask as `default`, which may do everything and has no
 * password. A page cannot help saying that it is one, by `Origin`, or by `Sec-Fetch-Site` where it asks
 * for a picture.
 */
export function httpRules(users: readonly User[]): XmlNode {
  const refused = {
    type: 'static',
    status: 403,
    http_response_headers: { 'Access-Control-Allow-Origin': '*' },
    response_content: REFUSED,
  };
  return {
    rule: [
      { url: '/ping', handler: { type: 'ping' } },
      // Asks for nothing but leave to ask.
      { methods: 'OPTIONS', handler: QUERIES },
      ...users.flatMap(ownRules),
      { headers: { Origin: 'regex:.+' }, handler: refused },
      { headers: { 'Sec-Fetch-Site': 'regex:^(cross|same)-site$' }, handler: refused },
      { headers: { Host: HERE }, handler: QUERIES },
    ],
  };
}

/**
 * In either way that clients have, and with an address that may name any account: whoever knows one
 * password may do everything. It is to keep out who knows none. Of the second way, the server itself looks
 * at the password.
 */
function ownRules({ name, password = '' }: User): XmlNode[] {
  if (password === '') return [];
  const basic = Buffer.from(`${name}:${password}`).toString('base64');
  const said: XmlNode[] = [{ Authorization: `Basic ${basic}` }, { 'X-ClickHouse-User': name }];
  return said.map((headers) => ({ headers: { Host: HERE, ...headers }, handler: QUERIES }));
}

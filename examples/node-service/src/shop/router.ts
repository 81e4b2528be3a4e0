import { ENDPOINTS, type Endpoint, type EndpointName } from './endpoints.ts';

export interface Match {
  readonly name: EndpointName;
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

const routes = Object.entries(ENDPOINTS).map(([name, endpoint]) => ({
  name: name as EndpointName,
  endpoint,
  segments: endpoint.route.split('/'),
}));

/** '/products/17' → the endpoint '/products/:id' with `{ id: '17' }`. */
export function findRoute(method: string | undefined, path: string): Match | undefined {
  const segments = path.split('/');
  for (const { name, endpoint, segments: wanted } of routes) {
    if (endpoint.method !== method || wanted.length !== segments.length) continue;
    const params: Record<string, string> = {};
    const matches = wanted.every((segment, at) => {
      if (!segment.startsWith(':')) return segment === segments[at];
      params[segment.slice(1)] = segments[at];
      return segments[at] !== '';
    });
    if (matches) return { name, endpoint, params };
  }
  return undefined;
}

import type { Language } from './runtimes/index.ts';

/** What one service of the fleet is and how it behaves. Ten pods each. */
export interface Service {
  readonly name: string;
  readonly language: Language;
  readonly namespace: string;
  /** Share of the fleet's samples, relative to the others'. */
  readonly weight: number;
  /** Whether the process tells the profiler its `service.name`: without, only the workload is known. */
  readonly named: boolean;
  /** Share of its samples that carry a trace and span id. */
  readonly linked: number;
  /** Whether its spans last minutes (batch jobs) and not milliseconds. */
  readonly longSpans: boolean;
  /** Different stacks on CPU; off CPU there are a quarter as many. */
  readonly stacks: number;
  /**
   * Zipf exponent of their popularity. Of the captured processes most fit 0.6 to 0.9 (20 samples, 19
   * different stacks); one hot loop fits 1.5 (168 samples, 28 different stacks).
   */
  readonly skew: number;
}

function service(
  name: string,
  language: Language,
  namespace: string,
  weight: number,
  linked: number,
  stacks: number,
  skew: number,
  more: Partial<Service> = {},
): Service {
  return {
    name,
    language,
    namespace,
    weight,
    named: linked > 0,
    linked,
    longSpans: false,
    stacks,
    skew,
    ...more,
  };
}

export const services: readonly Service[] = [
  service('checkout', 'go', 'shop', 10, 0.35, 5000, 0.8),
  service('frontend', 'node', 'shop', 9, 0.3, 4000, 0.75),
  service('catalog', 'jvm', 'shop', 9, 0.3, 6000, 0.75),
  service('search', 'jvm', 'shop', 8, 0.35, 6000, 0.85),
  service('payment', 'go', 'pay', 6, 0.35, 4000, 0.75),
  service('cart', 'go', 'shop', 6, 0.3, 3500, 0.8),
  service('recommendation', 'python', 'ml', 6, 0.25, 2500, 0.95),
  service('pricing', 'native', 'shop', 5, 0.15, 1500, 1.5),
  service('inventory', 'jvm', 'supply', 5, 0.25, 5000, 0.7),
  service('shipping', 'go', 'supply', 4, 0.25, 3000, 0.75),
  service('image-resizer', 'native', 'media', 4, 0.2, 900, 1.4),
  service('session', 'node', 'shop', 3, 0.25, 2500, 0.7),
  service('email', 'python', 'notify', 2, 0.2, 2000, 0.7),
  service('billing-worker', 'jvm', 'pay', 4, 0.5, 4000, 0.85, { longSpans: true }),
  service('report-worker', 'python', 'analytics', 3, 0.5, 2000, 0.9, { longSpans: true }),
  service('ingress-proxy', 'native', 'edge', 5, 0, 2000, 0.8),
  service('log-agent', 'go', 'infra', 4, 0, 2500, 0.65),
  service('metrics-agent', 'go', 'infra', 3, 0, 2500, 0.6),
  service('dns', 'go', 'infra', 2, 0, 1500, 0.65),
  service('admin', 'node', 'backoffice', 1, 0, 2000, 0.6, { named: true }),
];

export const podsPerService = 10;

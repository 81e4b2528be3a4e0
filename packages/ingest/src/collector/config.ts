import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { WrongUseError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

/** Where a Collector stands between the profilers and ClickHouse, each with a config of its own. */
export const TOPOLOGIES = {
  standalone: 'one OTLP endpoint for all four signals, straight into ClickHouse',
  clickstack: "a profiles pipeline for HyperDX's own collector (clickhouse exporter ≥ v0.159.0)",
  'clickstack-forward':
    "for HyperDX's collector as HyperDX 2.36 ships it: hands profiles to a hyperflame-collector",
  'k8s-agent': 'on every Kubernetes node: adds pod, workload and cluster, sends to the gateway',
  'k8s-gateway': 'one for the Kubernetes cluster: takes from the agents, writes to ClickHouse',
} as const;

export type Topology = keyof typeof TOPOLOGIES;

/** Whether there is a configuration of this name. */
export function isTopology(name: string): name is Topology {
  return Object.hasOwn(TOPOLOGIES, name);
}

/** A setting that a config takes from the environment. */
export interface CollectorParameter {
  readonly name: string;
  /** Used when the environment does not have it; undefined where it must. */
  readonly defaultValue: string | undefined;
}

// ${env:NAME} or ${env:NAME:-default}
const PARAMETER = /\$\{env:([A-Z_][A-Z0-9_]*)(?::-([^}]*))?\}/g;

/** Also with the quotes that make a text of a number: what is written in its place has its own. */
const QUOTED_PARAMETER = new RegExp(`('?)${PARAMETER.source}\\1`, 'g');

/** The settings of a topology's config, in the order in which they appear. */
export function collectorParameters(topology: Topology): CollectorParameter[] {
  const parameters = new Map<string, CollectorParameter>();
  for (const [, name, defaultValue] of withoutComments(configText(topology)).matchAll(PARAMETER)) {
    if (!parameters.has(name)) parameters.set(name, { name, defaultValue });
  }
  return [...parameters.values()];
}

/**
 * A topology's config as YAML. What is given in `values` is written into it; the rest stays a
 * reference to the environment, with its default:
 *
 *     endpoint: ${env:CLICKHOUSE_ENDPOINT:-tcp://127.0.0.1:9000}
 *     endpoint: "tcp://db:9000"             with { CLICKHOUSE_ENDPOINT: 'tcp://db:9000' }
 *
 * @throws WrongUseError when a value's name is not one of the topology's parameters
 */
export function collectorConfig(
  topology: Topology,
  values: Readonly<Record<string, string>> = {},
): string {
  const known = collectorParameters(topology).map((parameter) => parameter.name);
  for (const name of Object.keys(values)) {
    if (!known.includes(name)) {
      throw new WrongUseError(
        `The ${topology} config has no parameter ${name}; it has ${known.join(', ')}.`,
      );
    }
  }
  return configText(topology)
    .split('\n')
    .map((line) =>
      isComment(line)
        ? line
        : line.replace(QUOTED_PARAMETER, (reference, _quote, name: string) =>
            Object.hasOwn(values, name) ? yamlScalar(name, values[name]) : reference,
          ),
    )
    .join('\n');
}

function configText(topology: Topology): string {
  return readFileSync(join(packageRoot(), 'collector', `${topology}.yaml`), 'utf8');
}

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !isComment(line))
    .join('\n');
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('#');
}

/**
 * JSON strings are YAML strings. A `$` is doubled, or the Collector would expand it again. Only a
 * port is a number: a password of digits is a text, and the Collector refuses what is not.
 */
function yamlScalar(name: string, value: string): string {
  return name.endsWith('_PORT') && /^\d+$/.test(value)
    ? value
    : JSON.stringify(value).replaceAll('$', '$$$$');
}

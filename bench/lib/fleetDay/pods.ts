import { hash32, integer, random, type Random } from './random.ts';
import { podsPerService, services, type Service } from './services.ts';

/** One pod with one process: what its resource says and how its profiler's clock runs. */
export interface Pod {
  readonly service: number;
  readonly executable: string;
  readonly pid: number;
  /** When the node's profiler cuts its windows, nanoseconds after each five seconds. */
  readonly windowPhase: number;
  /** Where the node's 20 Hz tick falls, nanoseconds after each 50 ms. */
  readonly tickPhase: number;
  readonly resource: Readonly<Record<string, string>>;
}

const NODES = 25;

const executables: Record<Service['language'], (service: string) => readonly [string, string]> = {
  go: (service) => [service.slice(0, 15), `/usr/local/bin/${service}`],
  jvm: () => ['java', '/usr/lib/jvm/java-21-openjdk-amd64/bin/java'],
  node: () => ['node', '/usr/local/bin/node'],
  python: () => ['python3.12', '/usr/local/bin/python3.12'],
  native: () => ['server', '/opt/server/bin/server'],
};

function hex(next: Random, digits: number): string {
  return Array.from({ length: digits }, () => integer(next, 0, 15).toString(16)).join('');
}

function uuid(next: Random): string {
  return [8, 4, 4, 4, 12].map((digits) => hex(next, digits)).join('-');
}

/** Letters as Kubernetes draws them for names: no vowels, none that look like another. */
function suffix(next: Random, length: number): string {
  return Array.from({ length }, () =>
    'bcdfghjklmnpqrstvwxz2456789'.charAt(integer(next, 0, 26)),
  ).join('');
}

function makePod(seed: string, service: Service, index: number, replica: number): Pod {
  const next = random(`${seed}/pod/${service.name}/${replica}`);
  const node = integer(next, 0, NODES - 1);
  const host = random(`${seed}/node/${node}`);
  const hostName = `ip-10-${integer(host, 0, 3)}-${integer(host, 0, 255)}-${node}.eu-central-1.compute.internal`;
  const [executable, path] = executables[service.language](service.name);
  const replicaSet = suffix(random(`${seed}/replicaset/${service.name}`), 10);
  const podName = `${service.name}-${replicaSet}-${suffix(next, 5)}`;
  const pid = integer(next, 2000, 900_000);
  return {
    service: index,
    executable,
    pid,
    windowPhase: hash32(`${hostName}/window`) % 5_000_000_000,
    tickPhase: hash32(`${hostName}/tick`) % 50_000_000,
    resource: {
      'cloud.region': 'eu-central-1',
      'container.id': hex(next, 64),
      'deployment.environment.name': 'production',
      'host.id': `i-${hex(host, 17)}`,
      'host.name': hostName,
      'k8s.cluster.name': 'prod-eu-1',
      'k8s.container.name': service.name,
      'k8s.deployment.name': service.name,
      'k8s.namespace.name': service.namespace,
      'k8s.node.name': hostName,
      'k8s.pod.name': podName,
      'k8s.pod.uid': uuid(next),
      'process.executable.name': executable,
      'process.executable.path': path,
      'process.pid': String(pid),
      ...(service.named && {
        'service.instance.id': uuid(next),
        'service.name': service.name,
        'service.namespace': service.namespace,
        'service.version': `2.${integer(random(`${seed}/version/${service.name}`), 0, 40)}.1`,
      }),
    },
  };
}

export function makePods(seed: string): Pod[] {
  return services.flatMap((service, index) =>
    Array.from({ length: podsPerService }, (_, replica) => makePod(seed, service, index, replica)),
  );
}

/**
 * `size` slots that are shared out among the pods by weight, so that a random slot is a random pod
 * with the right probability. A service's pods differ by up to a third: load balancers are not exact.
 */
export function podSlots(pods: readonly Pod[], size: number): number[] {
  const weights = pods.map(
    (pod, i) =>
      (services[pod.service] as Service).weight * (0.75 + ((i * 7) % podsPerService) * 0.05),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const slots: number[] = [];
  let reached = 0;
  weights.forEach((weight, pod) => {
    reached += weight;
    while (slots.length < Math.round((reached / total) * size)) slots.push(pod);
  });
  return slots;
}

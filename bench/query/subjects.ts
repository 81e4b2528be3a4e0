import type { Wire } from './wire.ts';
import type { Subjects } from './questions.ts';
import { CPU, lines, type WideTable } from './wide.ts';

/** A slow request's span and a pod to ask about, the same each time for the same data. */
export async function chooseSubjects(wire: Wire, { table }: WideTable): Promise<Subjects> {
  const spans = await wire.ask({
    query: `SELECT TraceId, SpanId FROM ${table} WHERE ${CPU} AND SpanId != '' AND ServiceName = 'checkout'
      GROUP BY TraceId, SpanId HAVING count() BETWEEN 8 AND 40
      ORDER BY cityHash64(SpanId) LIMIT 1 FORMAT JSONCompactEachRow`,
  });
  const pods = await wire.ask({
    query: `SELECT \`__otel_materialized_k8s.pod.name\` AS pod FROM ${table} WHERE ServiceName = 'catalog'
      GROUP BY pod ORDER BY pod LIMIT 1 FORMAT JSONCompactEachRow`,
  });
  const [span] = lines<[string, string]>(spans);
  const [pod] = lines<[string]>(pods);
  if (!span || !pod) throw new Error('The fleet-day is too small: it has no span to ask about.');
  return { span: { traceId: span[0], spanId: span[1] }, pod: pod[0] };
}

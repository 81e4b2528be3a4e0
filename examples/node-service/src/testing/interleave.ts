/**
 * Started by a test in a process of its own: several spans burn CPU in turns, each in a function
 * that no other span calls, through every way that code goes on later. Prints how many samples
 * each pair of function and span got.
 */
import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { Profiler, LABEL_SPAN_ID } from '../telemetry/profiler.ts';
import { ProfiledContextManager } from '../telemetry/span-context.ts';

const TURNS = 12;
const TURN_MILLIS = 12;

const profiler = new Profiler();
profiler.start({ intervalMicros: 500, windowSeconds: 30 });
context.setGlobalContextManager(new ProfiledContextManager().enable());
trace.setGlobalTracerProvider(new TracerProvider());

/** Name → ids of the spans that had it. */
const spans: Record<string, string[]> = {};

function burn(): number {
  const end = performance.now() + TURN_MILLIS;
  let x = 1;
  while (performance.now() < end) for (let i = 0; i < 5000; i++) x = Math.sqrt(x + i);
  return x;
}
function burnAfterPromises(): number {
  return burn();
}
function burnAfterTimers(): number {
  return burn();
}
function burnAfterEvents(): number {
  return burn();
}
function burnInTheParent(): number {
  return burn();
}
function burnInTheChild(): number {
  return burn();
}
function burnOutside(): number {
  return burn();
}

function inSpan(name: string, work: () => Promise<void>): Promise<void> {
  return trace.getTracer('interleave').startActiveSpan(name, async (span) => {
    (spans[name] ??= []).push(span.spanContext().spanId);
    await work();
    span.end();
  });
}

async function repeat(pause: () => Promise<unknown>, work: () => unknown): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await pause();
    work();
  }
}

await Promise.all([
  inSpan('promises', () => repeat(nextTurn, burnAfterPromises)),
  inSpan('timers', () => repeat(() => delay(1), burnAfterTimers)),
  inSpan('events', () =>
    repeat(() => {
      const emitter = new EventEmitter();
      setTimeout(() => emitter.emit('go'), 1);
      return once(emitter, 'go');
    }, burnAfterEvents),
  ),
  inSpan('parent', async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      await inSpan('child', async () => {
        await nextTurn();
        burnInTheChild();
      });
      burnInTheParent();
    }
  }),
  repeat(nextTurn, burnOutside),
]);

const { pprof } = profiler.stop();
const { strings } = pprof.stringTable;
const functions = new Map(pprof.function.map((fn) => [fn.id, strings[Number(fn.name)]]));
const locations = new Map(
  pprof.location.map((location) => [location.id, functions.get(location.line[0].functionId) ?? '']),
);
const samples: { fn: string; span: string; count: number }[] = [];
for (const sample of pprof.sample) {
  const fn = sample.locationId
    .map((id) => locations.get(id) ?? '')
    .find((name) => name.startsWith('burn') && name !== 'burn');
  if (fn === undefined) continue;
  const label = sample.label.find(({ key }) => strings[Number(key)] === LABEL_SPAN_ID);
  const span = label === undefined ? '' : strings[Number(label.str)];
  const entry = samples.find((known) => known.fn === fn && known.span === span);
  if (entry === undefined) samples.push({ fn, span, count: Number(sample.value[0]) });
  else entry.count += Number(sample.value[0]);
}
console.log(JSON.stringify({ spans, samples }));

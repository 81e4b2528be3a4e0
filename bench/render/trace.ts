/** What is read of a trace event. Times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of `dur`, how long the thread really ran. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

/** A task of the page's main thread. Times are milliseconds. */
export interface Task {
  readonly start: number;
  readonly duration: number;
  /** Without the time in which the machine ran something else. */
  readonly cpu: number;
}

export interface Trace {
  readonly tasks: readonly Task[];
  /** Times of the marks, by name. */
  readonly marks: ReadonlyMap<string, number>;
  /** When the main thread began to handle an event, by its type. */
  readonly events: readonly { readonly type: string; readonly at: number }[];
}

/** Categories that a trace must be taken with. */
export const TRACE_CATEGORIES = [
  'blink.user_timing',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
];

/** Tasks, marks and events of the thread that set the marks. */
export function readTrace(buffer: Buffer): Trace {
  const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: TraceEvent[] };
  const mark = traceEvents.find(({ name }) => name.startsWith('bench-'));
  if (!mark) throw new Error('The trace has none of the page’s marks');
  const ours = traceEvents.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid);
  return {
    tasks: ours
      .filter(({ name, dur }) => name === 'RunTask' && dur !== undefined)
      .map(({ ts, dur = 0, tdur = dur }) => ({
        start: ts / 1000,
        duration: dur / 1000,
        cpu: tdur / 1000,
      }))
      .sort((a, b) => a.start - b.start),
    marks: new Map(
      ours.filter(({ name }) => name.startsWith('bench-')).map(({ name, ts }) => [name, ts / 1000]),
    ),
    events: ours
      .filter(({ name }) => name === 'EventDispatch')
      .map(({ ts, args }) => ({ type: args?.data?.type ?? '', at: ts / 1000 })),
  };
}

/** The longest of all tasks that ran, at least in part, between two times. */
export function longestTask(
  { tasks }: Trace,
  from: number,
  to: number,
  by: 'duration' | 'cpu' = 'duration',
): number {
  return tasks
    .filter(({ start, duration }) => start < to && start + duration > from)
    .reduce((longest, task) => Math.max(longest, task[by]), 0);
}

/**
 * For each event of a type: how long the main thread was taken up at once because of it. That is
 * the task that handled it and the longest one after it, up to the next such event or `within`.
 */
export function responses(trace: Trace, type: string, within: number): number[] {
  const times = trace.events.filter((event) => event.type === type).map(({ at }) => at);
  return times.map((at, i) => {
    const until = Math.min(at + within, times[i + 1] ?? Infinity);
    const own = trace.tasks.find((task) => task.start <= at && at <= task.start + task.duration);
    let longest = 0;
    for (const task of trace.tasks) {
      if (task !== own && task.start > at && task.start < until) {
        longest = Math.max(longest, task.duration);
      }
    }
    return (own?.duration ?? 0) + longest;
  });
}

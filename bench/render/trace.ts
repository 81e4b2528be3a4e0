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
  /** When something new that the main thread had to show was drawn. */
  readonly draws: readonly number[];
}

/** Categories that a trace must be taken with. */
export const TRACE_CATEGORIES = [
  'blink.user_timing',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
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
    draws: drawsOf(traceEvents.filter(({ pid }) => pid === mark.pid)),
  };
}

/**
 * The compositor, another thread of the page's process, takes over what the main thread has to show,
 * then draws it. Further frames, as of a transition, it draws by itself.
 */
function drawsOf(events: readonly TraceEvent[]): number[] {
  const draws: number[] = [];
  let isNew = false;
  for (const { name, ts } of events.toSorted((a, b) => a.ts - b.ts)) {
    if (name === 'ActivateLayerTree') isNew = true;
    if (name !== 'DrawFrame' || !isNew) continue;
    draws.push(ts / 1000);
    isNew = false;
  }
  return draws;
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

/** What came of one event. */
interface Answer {
  /** The beginning of the task that handled it. */
  readonly from: number;
  /** The next event of its type, or the time after which nothing comes of it any more. */
  readonly until: number;
  /** How long the task took that handled it, and how long each of those that followed. */
  readonly own: number;
  readonly following: readonly number[];
}

function answers({ events, tasks }: Trace, type: string, within: number): Answer[] {
  const heard = events
    .filter((event) => event.type === type)
    .map(({ at }) => {
      const own = tasks.find(({ start, duration }) => start <= at && at <= start + duration);
      return { at, own, from: own?.start ?? at };
    });
  return heard.map(({ at, own, from }, i) => {
    const until = Math.min(at + within, heard[i + 1]?.from ?? Infinity);
    return {
      from,
      until,
      own: own?.duration ?? 0,
      following: tasks
        .filter((task) => task !== own && task.start > at && task.start < until)
        .map(({ duration }) => duration),
    };
  });
}

/**
 * For each event of a type: how long the main thread was taken up at once because of it. That is
 * the task that handled it and the longest one after it, up to the next such event or `within`.
 */
export function responses(trace: Trace, type: string, within: number): number[] {
  return answers(trace, type, within).map(({ own, following }) => own + Math.max(0, ...following));
}

/** For each event of a type: all that the main thread did up to the next such event or `within`. */
export function workloads(trace: Trace, type: string, within: number): number[] {
  return answers(trace, type, within).map(({ own, following }) =>
    following.reduce((sum, duration) => sum + duration, own),
  );
}

/**
 * For each event of a type of which something was seen to come: the time from the beginning of the
 * task that handled it until that was drawn for the first time. None where less than half of the
 * events were seen to do anything: those few frames are of something else.
 */
export function timesToPixels(trace: Trace, type: string, within: number): number[] {
  const all = answers(trace, type, within);
  const times = all.flatMap(({ from, until }) => {
    const drawn = trace.draws.find((at) => at > from && at < until);
    return drawn === undefined ? [] : [drawn - from];
  });
  return times.length < all.length / 2 ? [] : times;
}

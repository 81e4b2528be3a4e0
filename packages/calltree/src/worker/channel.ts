/**
 * What a page and its worker say to each other: the page calls functions of an object in the worker,
 * which answers each call. Written here because it is on every page: what a library for it can do
 * beyond that is seven times as large.
 */

interface Call {
  readonly call: number;
  readonly method: string;
  readonly args: unknown[];
  /** Places of the arguments that are functions: these stay here, and are told there. */
  readonly functions: readonly number[];
}

/** A function that was an argument of a call is called. */
interface Told {
  readonly call: number;
  readonly at: number;
  readonly args: readonly unknown[];
}

interface Reply {
  readonly call: number;
  readonly value?: unknown;
  /** Only where it failed: what can be sent of any error. */
  readonly failure?: Pick<Error, 'name' | 'message' | 'stack'>;
}

type AnyFunction = (...args: unknown[]) => unknown;

/** An object on the other side: all answers are promised. */
export type Remote<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends (...args: infer Args) => infer Value
    ? (...args: Args) => Promise<Awaited<Value>>
    : never;
};

const given = new WeakMap<object, readonly ArrayBuffer[]>();

/** Marks buffers of an argument or an answer as given away: they move to the other side, uncopied. */
export function transfer<Value extends object>(
  value: Value,
  buffers: readonly ArrayBuffer[],
): Value {
  given.set(value, buffers);
  return value;
}

function buffersOf(values: readonly unknown[]): ArrayBuffer[] {
  return values.flatMap((value) => given.get(value as object) ?? []);
}

/**
 * The object that a worker answers with. Functions among the arguments of a call may be called from
 * there for as long as the worker lives.
 */
export function remoteOf<Api extends object>(worker: Worker): Remote<Api> {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: AnyFunction }>();
  const functions = new Map<string, AnyFunction>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Told | Reply>) => {
    if ('at' in data) {
      functions.get(`${data.call}.${data.at}`)?.(...data.args);
      return;
    }
    const { resolve, reject } = open.get(data.call)!;
    open.delete(data.call);
    if (data.failure) reject(Object.assign(new Error(), data.failure));
    else resolve(data.value);
  });
  const send = (method: string, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const call = ++last;
      const places: number[] = [];
      const sent = args.map((arg, at) => {
        if (typeof arg !== 'function') return arg;
        functions.set(`${call}.${at}`, arg as AnyFunction);
        places.push(at);
        return undefined;
      });
      const message: Call = { call, method, args: sent, functions: places };
      worker.postMessage(message, buffersOf(sent));
      open.set(call, { resolve, reject });
    });
  return new Proxy({} as Remote<Api>, {
    // Nobody may take it for a promise.
    get: (_, method) =>
      method === 'then' ? undefined : (...args: unknown[]) => send(String(method), args),
  });
}

/** Answers the calls of the page that has started this worker. */
export function answerWith(api: object): void {
  const page = globalThis as unknown as Pick<Worker, 'addEventListener' | 'postMessage'>;
  const methods = api as Readonly<Record<string, AnyFunction>>;
  const answer = async ({ call, method, args, functions }: Call): Promise<void> => {
    for (const at of functions) {
      args[at] = (...told: unknown[]) => page.postMessage({ call, at, args: told } satisfies Told);
    }
    try {
      const value = await methods[method](...args);
      page.postMessage({ call, value } satisfies Reply, buffersOf([value]));
    } catch (error) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      page.postMessage({ call, failure: { name, message, stack } } satisfies Reply);
    }
  };
  page.addEventListener('message', ({ data }: MessageEvent<Call>) => void answer(data));
}

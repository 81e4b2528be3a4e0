import type { Fn } from '../frames.ts';
import { integer, pick, type Random } from '../random.ts';
import { layers, nouns, verbs } from '../words.ts';
import { capitalised, fn, type Runtime } from './runtime.ts';

const lower = (noun: string): string => noun.toLowerCase();

// Go: no mapping on its frames, full import paths, all threads named like the process.
const goPackages = [
  'net/http',
  'encoding/json',
  'database/sql',
  'regexp',
  'compress/flate',
  'crypto/tls',
  'reflect',
  'bufio',
  'strconv',
  'sort',
  'google.golang.org/grpc/internal/transport',
  'google.golang.org/protobuf/internal/impl',
  'github.com/jackc/pgx/v5/pgconn',
  'github.com/redis/go-redis/v9',
  'github.com/prometheus/client_golang/prometheus',
  'go.opentelemetry.io/otel/sdk/trace',
  'runtime',
  'sync',
  'time',
  'strings',
];

const runtimeFunctions = [
  ['malloc', 'mallocgc newobject memclrNoHeapPointers'],
  ['mgcmark', 'gcDrain scanobject gcWriteBarrier2'],
  ['map_faststr', 'mapassign_faststr mapaccess2_faststr'],
  ['slice', 'growslice makeslice memmove typedmemmove convTstring'],
  ['chan', 'chanrecv chansend selectgo'],
  ['proc', 'findRunnable futex'],
].flatMap(([file, names = '']) =>
  names.split(' ').map((name) => fn(`runtime.${name}`, `runtime/${file}.go`, '')),
);

function goLibrary(next: Random): Fn[] {
  return runtimeFunctions.concat(
    Array.from({ length: 700 }, () => {
      const pkg = pick(next, goPackages);
      const noun = pick(next, nouns);
      const verb = pick(next, verbs);
      const name =
        next() < 0.6
          ? `${pkg}.(*${next() < 0.5 ? noun.toLowerCase() : noun}).${verb}`
          : `${pkg}.${verb}${noun}`;
      return fn(
        name,
        `${pkg.includes('.') ? `${pkg}@v1.${integer(next, 2, 70)}.${integer(next, 0, 9)}` : pkg}/${lower(noun)}.go`,
        '',
        next,
      );
    }),
  );
}

export function goRuntime(next: Random): Runtime {
  const goexit = fn('runtime.goexit', 'runtime/asm_amd64.s', '');
  const std = (file: string, names: readonly string[]): Fn[] =>
    names.map((name) => fn(name, file, ''));
  return {
    // The kernel gives every thread of a Go process the process's own name.
    threads: [
      {
        name: '$',
        first: 1,
        count: 14,
        share: 0.5,
        application: true,
        roots: [
          goexit,
          ...std('net/http/server.go', [
            'net/http.(*Server).Serve.gowrap3',
            'net/http.(*conn).serve',
            'net/http.serverHandler.ServeHTTP',
            'net/http.HandlerFunc.ServeHTTP',
          ]),
        ],
      },
      {
        name: '$',
        first: 1,
        count: 14,
        share: 0.3,
        application: true,
        roots: [
          goexit,
          ...std('google.golang.org/grpc@v1.67.1/server.go', [
            'google.golang.org/grpc.(*Server).serveStreams.func2.1',
            'google.golang.org/grpc.(*Server).handleStream',
            'google.golang.org/grpc.(*Server).processUnaryRPC',
          ]),
        ],
      },
      { name: '$', first: 1, count: 14, share: 0.12, application: true, roots: [goexit] },
      {
        name: '$',
        first: 1,
        count: 14,
        share: 0.08,
        application: false,
        roots: std('runtime/proc.go', [
          'runtime.mstart',
          'runtime.mstart0',
          'runtime.mstart1',
          'runtime.schedule',
          'runtime.findRunnable',
        ]),
      },
    ],
    library: goLibrary(next),
    unsymbolised: ['libc.so.6', '[vdso]', 'libpthread.so.0'],
    application(random, service, layer) {
      const noun = pick(random, nouns);
      const pkg = `github.com/acme/${service}/internal/${layers[layer]}/${lower(pick(random, nouns))}`;
      const method = `${capitalised(pick(random, verbs))}${pick(random, nouns)}`;
      return fn(
        `${pkg}.(*${noun}).${method}${random() < 0.15 ? '.func1' : ''}`,
        `${pkg}/${lower(noun)}.go`,
        '',
        random,
      );
    },
  };
}

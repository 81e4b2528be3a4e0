import type { Fn } from '../frames.ts';
import { integer, pick, type Random } from '../random.ts';
import { layers, nouns, verbs } from '../words.ts';
import { capitalised, fn, unnamed, type Runtime } from './runtime.ts';

const lower = (noun: string): string => noun.toLowerCase();

// JVM: signatures as names, one file per class, unnamed native frames below.
const jvmPackages = [
  'org.springframework.web.servlet',
  'org.springframework.web.filter',
  'org.apache.catalina.core',
  'org.apache.tomcat.util.net',
  'com.fasterxml.jackson.databind',
  'org.hibernate.internal',
  'com.zaxxer.hikari.pool',
  'org.postgresql.jdbc',
  'java.util',
  'java.util.concurrent',
  'java.util.stream',
  'java.lang',
  'io.netty.channel',
  'org.apache.kafka.clients',
  'java.util.regex',
];

function jvmFn(next: Random, pkg: string, type: string, method: string): Fn {
  const result = pick(next, [
    'void',
    'boolean',
    'int',
    'java.lang.Object',
    'java.lang.String',
    `${pkg}.${pick(next, nouns)}`,
  ]);
  const args = Array.from({ length: integer(next, 0, 2) }, () =>
    pick(next, [
      'java.lang.String',
      'int',
      'java.lang.Object',
      'java.util.List',
      `${pkg}.${pick(next, nouns)}`,
    ]),
  );
  return fn(`${result} ${pkg}.${type}.${method}(${args.join(', ')})`, `${type}.java`, '', next);
}

export function jvmRuntime(next: Random): Runtime {
  const native = (name: string): Fn => fn(name, '', 'libjvm.so');
  const start = [
    unnamed('libc.so.6'),
    unnamed('libjvm.so'),
    fn('StubRoutines (1) [call_stub_return_address]', '', ''),
  ];
  const run = [...start, fn('void java.lang.Thread.run()', 'Thread.java', '')];
  const pool = ['ThreadPoolExecutor.runWorker', 'ThreadPoolExecutor$Worker.run'].map((name) =>
    fn(`void java.util.concurrent.${name}()`, 'ThreadPoolExecutor.java', ''),
  );
  const web = [
    'NioEndpoint$SocketProcessor.doRun',
    'Http11Processor.service',
    'ApplicationFilterChain.doFilter',
    'DispatcherServlet.doDispatch',
  ];
  return {
    threads: [
      {
        name: 'http-nio-8080-e',
        first: 21,
        count: 40,
        share: 0.6,
        application: true,
        roots: [
          ...run,
          ...pool,
          ...web.map((name) =>
            fn(`void org.apache.${name}(java.lang.Object)`, `${name.split(/[.$]/)[0]}.java`, ''),
          ),
        ],
      },
      {
        name: 'kafka-consumer-',
        first: 61,
        count: 4,
        share: 0.15,
        application: true,
        roots: [...run, ...pool],
      },
      {
        name: 'scheduling-%',
        first: 65,
        count: 4,
        share: 0.1,
        application: true,
        roots: [...run, ...pool],
      },
      {
        name: 'GC Thread#%',
        first: 2,
        count: 8,
        share: 0.08,
        application: false,
        roots: [
          unnamed('libc.so.6'),
          native('thread_native_entry(Thread*)'),
          native('Thread::call_run()'),
          native('WorkerThread::run()'),
        ],
      },
      {
        name: 'C2 CompilerThre',
        first: 11,
        count: 3,
        share: 0.07,
        application: false,
        roots: [
          unnamed('libc.so.6'),
          native('thread_native_entry(Thread*)'),
          native('JavaThread::thread_main_inner()'),
          native('CompileBroker::compiler_thread_loop()'),
        ],
      },
    ],
    library: Array.from({ length: 900 }, () =>
      jvmFn(
        next,
        pick(next, jvmPackages),
        pick(next, nouns) + pick(next, ['', 'Impl', 'Support', 'Factory', 'Handler', '$Node']),
        pick(next, verbs),
      ),
    ).concat(
      Array.from({ length: 60 }, () =>
        native(
          `${pick(next, ['G1', 'Phase', 'Par', 'Compile'])}${pick(next, nouns)}::${pick(next, verbs)}_${lower(pick(next, nouns))}(${pick(next, nouns)}*)`,
        ),
      ),
    ),
    unsymbolised: ['libjvm.so', 'libjvm.so', 'libc.so.6', 'libnet.so'],
    application(random, service, layer) {
      const type = `${pick(random, nouns)}${capitalised(layers[layer] as string)}`;
      return jvmFn(
        random,
        `com.acme.${service.replaceAll('-', '')}.${layers[layer]}`,
        type,
        `${pick(random, verbs)}${pick(random, nouns)}`,
      );
    },
  };
}

import { pick, type Random } from '../random.ts';
import { layers, nouns, verbs } from '../words.ts';
import { fn, unnamed, type Runtime } from './runtime.ts';

// C++: symbols, but neither files nor lines.
export function nativeRuntime(next: Random): Runtime {
  return {
    threads: [
      {
        name: 'worker-%',
        first: 1,
        count: 16,
        share: 0.8,
        application: true,
        roots: [
          unnamed('libc.so.6'),
          fn('execute_native_thread_routine', '', 'libstdc++.so.6'),
          fn('ThreadPool::Worker::run()', '', 'server'),
        ],
      },
      {
        name: '$',
        first: 0,
        count: 1,
        share: 0.2,
        application: true,
        roots: [fn('_start', '', 'server'), unnamed('libc.so.6'), fn('main', '', 'server')],
      },
    ],
    library: Array.from({ length: 500 }, () =>
      fn(
        `${pick(next, ['std::', 'absl::', 'folly::', 'google::protobuf::', 'boost::'])}${pick(next, nouns)}<${pick(next, nouns)}>::${pick(next, verbs)}(${pick(next, nouns)} const&)`,
        '',
        'server',
      ),
    ),
    unsymbolised: ['libc.so.6', 'libcrypto.so.3', 'server', 'libz.so.1'],
    application: (random, service, layer) =>
      fn(
        `${service.replaceAll('-', '_')}::${layers[layer]}::${pick(random, nouns)}${pick(random, nouns)}::${pick(random, verbs)}(${pick(random, nouns)} const&, unsigned long)`,
        '',
        'server',
      ),
  };
}

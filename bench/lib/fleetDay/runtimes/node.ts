import type { Fn } from '../frames.ts';
import { pick, type Random } from '../random.ts';
import { layers, nouns, verbs } from '../words.ts';
import { fn, unnamed, type Runtime } from './runtime.ts';

const lower = (noun: string): string => noun.toLowerCase();

// Node: file URLs, V8's own frames, unnamed frames of the binary below.
const nodePackages = [
  'express/lib',
  'fastify/lib',
  'react-dom/cjs',
  'pg/lib',
  'ioredis/built',
  '@opentelemetry/sdk-trace-base/build/src',
  'axios/lib',
  'lodash',
  'graphql/execution',
  'zod/lib',
];

export function nodeRuntime(next: Random): Runtime {
  const binary = Array.from({ length: 2 }, (_, i) => ({
    ...unnamed('node'),
    address: 0xbf_0000 + i * 0x1_3a10,
  }));
  const entry = [
    unnamed('libc.so.6'),
    ...binary,
    fn('V8::EntryFrame', '', ''),
    fn('V8::InternalFrame', '', ''),
  ];
  const js = (name: string, file: string): Fn => fn(name, file, '');
  return {
    threads: [
      {
        name: 'node',
        first: 0,
        count: 1,
        share: 0.86,
        application: true,
        roots: [
          ...entry,
          js('onStreamRead', 'node:internal/stream_base_commons'),
          js('parserOnIncoming', 'node:_http_server'),
          js('emit', 'node:events'),
        ],
      },
      {
        name: 'libuv-worker',
        first: 6,
        count: 4,
        share: 0.08,
        application: false,
        roots: [unnamed('libc.so.6'), fn('worker', '', 'node')],
      },
      {
        name: 'V8Worker',
        first: 1,
        count: 4,
        share: 0.06,
        application: false,
        roots: [
          unnamed('libc.so.6'),
          fn('node::(anonymous namespace)::PlatformWorkerThread', '', 'node'),
        ],
      },
    ],
    library: Array.from({ length: 700 }, () => {
      const name = next() < 0.25 ? '<anonymous>' : `${pick(next, verbs)}${pick(next, nouns)}`;
      return fn(
        name,
        next() < 0.3
          ? `node:internal/${lower(pick(next, nouns))}`
          : `/app/node_modules/${pick(next, nodePackages)}/${lower(pick(next, nouns))}.js`,
        '',
        next,
      );
    }),
    unsymbolised: ['node', 'node', 'node', 'libc.so.6'],
    application(random, service, layer) {
      const name = random() < 0.2 ? '<anonymous>' : `${pick(random, verbs)}${pick(random, nouns)}`;
      return fn(
        name,
        `file:///app/dist/${service}/${layers[layer]}/${lower(pick(random, nouns))}-${lower(pick(random, nouns))}.js`,
        '',
        random,
      );
    },
  };
}

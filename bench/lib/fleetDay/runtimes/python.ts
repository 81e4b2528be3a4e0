import type { Fn } from '../frames.ts';
import { pick, type Random } from '../random.ts';
import { layers, nouns, verbs } from '../words.ts';
import { capitalised, fn, unnamed, type Runtime } from './runtime.ts';

const lower = (noun: string): string => noun.toLowerCase();

// Python: short names, long paths, the interpreter's frames below.
const pythonPackages = [
  'django/core/handlers',
  'django/db/models',
  'django/template',
  'rest_framework',
  'celery/app',
  'psycopg2',
  'requests',
  'urllib3',
  'numpy/core',
  'pandas/core',
];
const site = '/usr/local/lib/python3.12/site-packages';

export function pythonRuntime(next: Random): Runtime {
  const py = (name: string, file: string): Fn => fn(name, file, '');
  const main = [
    unnamed('libc.so.6'),
    fn('Py_BytesMain', '', 'libpython3.12.so.1.0'),
    fn('pymain_run_python', '', 'libpython3.12.so.1.0'),
    py('<module>', '/usr/local/bin/gunicorn'),
  ];
  return {
    threads: [
      {
        name: 'gunicorn',
        first: 0,
        count: 6,
        share: 0.9,
        application: true,
        roots: [
          ...main,
          ...['run', 'handle_request', 'get_response'].map((name) =>
            py(name, `${site}/gunicorn/${name.replaceAll('_', '')}.py`),
          ),
        ],
      },
      {
        name: 'ThreadPoolExecu',
        first: 6,
        count: 6,
        share: 0.1,
        application: true,
        roots: [
          unnamed('libc.so.6'),
          py('_bootstrap', '/usr/local/lib/python3.12/threading.py'),
          py('run', '/usr/local/lib/python3.12/threading.py'),
        ],
      },
    ],
    library: Array.from({ length: 700 }, () =>
      fn(
        `${pick(next, verbs)}${next() < 0.6 ? `_${lower(pick(next, nouns))}` : ''}`,
        `${site}/${pick(next, pythonPackages)}/${lower(pick(next, nouns))}.py`,
        '',
        next,
      ),
    ).concat(
      Array.from({ length: 40 }, () =>
        fn(`_Py${pick(next, nouns)}_${capitalised(pick(next, verbs))}`, '', 'libpython3.12.so.1.0'),
      ),
    ),
    unsymbolised: [
      'libpython3.12.so.1.0',
      'libc.so.6',
      '_multiarray_umath.cpython-312-x86_64-linux-gnu.so',
    ],
    application: (random, service, layer) =>
      fn(
        `${pick(random, verbs)}_${lower(pick(random, nouns))}`,
        `/srv/${service.replaceAll('-', '_')}/${layers[layer]}/${lower(pick(random, nouns))}.py`,
        '',
        random,
      ),
  };
}

// The one-way rule between the packages, as an ESLint rule:
//
//     calltree ← sdk ← react        ingest, embedded: on their own        examples: published names
//
// `no-restricted-imports` can't hold it: it judges a specifier without knowing where a relative path
// ends up, and doesn't see `import()`. This rule resolves relative paths, so
// `../../calltree/src/index.ts` is caught as well as `@hyperflame/calltree`.
import { dirname, relative, resolve, sep } from 'node:path';

const SCOPE = '@hyperflame/';
const NO_REACT = ['react', 'react-dom', '@tanstack/react-query'];

/**
 * What each folder may import. `ours` are packages of this repository; `never` are libraries, or
 * with a trailing `*` families of them, that would tie a lower layer to a higher one's world.
 *
 * @type {Record<string, { ours: string[], never: string[] }>}
 */
export const LAYERS = {
  'packages/calltree': {
    ours: [],
    never: [...NO_REACT, '@clickhouse/*', 'jsdom', 'node:*'],
  },
  'packages/sdk': { ours: ['calltree'], never: [...NO_REACT, 'node:*'] },
  'packages/react': { ours: ['calltree', 'sdk'], never: ['node:*', '@clickhouse/*'] },
  'packages/ingest': { ours: [], never: NO_REACT },
  'packages/embedded': { ours: [], never: NO_REACT },
};

/** An example is written as its reader would write it: what npm gives out, under its npm name. */
const EXAMPLE = { ours: ['calltree', 'sdk', 'react', 'ingest'], never: [] };

/** Tests may start the real thing, and read fixtures. */
const TESTS_ALSO = ['ingest', 'embedded'];

/** @param {string} file */
const isTest = (file) => /\.test\.tsx?$|[\\/]testing[\\/]/.test(file);

/**
 * The room a file is in: `packages/sdk` for `packages/sdk/src/x.ts`, undefined outside the rooms.
 * How a package is built (`packages/sdk/tsdown.config.ts`) is not in it; an example is one as a whole.
 *
 * @param {string} root
 * @param {string} file
 */
export function roomOf(root, file) {
  const [area, name, ...rest] = relative(root, file).split(sep);
  const inRoom = area === 'packages' ? rest[0] === 'src' : area === 'examples' && rest.length > 0;
  return inRoom ? `${area}/${name}` : undefined;
}

/**
 * Why `specifier` may not be imported by `file`, or undefined when it may.
 *
 * @param {string} root
 * @param {string} file
 * @param {string} specifier
 * @returns {string | undefined}
 */
export function violation(root, file, specifier) {
  const room = roomOf(root, file);
  if (!room) return undefined;

  if (specifier.startsWith('.')) {
    const target = relative(resolve(root, room), resolve(dirname(file), specifier));
    return target.startsWith('..')
      ? `'${specifier}' leaves ${room}: import other packages by their npm name.`
      : undefined;
  }

  const layer = LAYERS[room] ?? EXAMPLE;
  const test = isTest(file);
  if (specifier.startsWith(SCOPE)) {
    const name = specifier.slice(SCOPE.length).split('/')[0];
    if (room === `packages/${name}`) {
      return `'${specifier}' is this package itself: import the file.`;
    }
    const allowed = test ? [...layer.ours, ...TESTS_ALSO] : layer.ours;
    return allowed.includes(name)
      ? undefined
      : `${room} may not import '${specifier}': ${
          layer.ours.length > 0
            ? `of ours it may only use ${layer.ours.join(', ')}`
            : 'it stands alone'
        }.`;
  }

  const banned = layer.never.some((name) =>
    name.endsWith('*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  );
  return banned && !test ? `${room} may not import '${specifier}'.` : undefined;
}

/**
 * @param {string} root the repository
 * @returns {import('eslint').Rule.RuleModule}
 */
export function layeringRule(root) {
  return {
    meta: { type: 'problem', schema: [], messages: { layer: '{{reason}}' } },
    create(context) {
      /** @param {any} node */
      const check = (node) => {
        const source = node.source ?? node.argument;
        const value = source?.value ?? source?.literal?.value;
        if (typeof value !== 'string') return;
        const reason = violation(root, context.filename, value);
        if (reason) context.report({ node: source, messageId: 'layer', data: { reason } });
      };
      return {
        ImportDeclaration: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
        ImportExpression: check,
        TSImportType: check,
      };
    },
  };
}

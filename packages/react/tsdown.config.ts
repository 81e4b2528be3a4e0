import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig, type Rolldown } from 'tsdown';
import { library } from '../../scripts/lib/tsdown.ts';

/** What nearly every page has, with all that it needs. */
const PAGE =
  /src.(panel.FlameGraph|query.ProfilesProvider|later.later|state.(codec|useUrlFlameState)|engine.useTrees)\.tsx?$/;

/** What asks a server. */
const QUERY = /src.query.(hooks|queries|ProfilesContext)\.tsx?$/;

/** Whether a module is there to have another come later. */
const bringsLater = (id: string): boolean =>
  /\.tsx$/.test(id) && /@__PURE__ \*\/ (later|comesLater)\b/.test(readFileSync(id, 'utf8'));

/**
 * What nearly every page has is one file: in pieces, bundlers would put those that it shares with what
 * comes later into dozens of chunks, a quarter more to load. What asks a server is a file of its own: a
 * page that only draws does without it and without TanStack Query. What brings something later is a file
 * of its own: where it is not used it is left out, with what it would bring.
 */
const groups: Rolldown.CodeSplittingGroup[] = [
  { name: 'query', test: QUERY, priority: 2 },
  { name: 'page', test: PAGE, priority: 1 },
  {
    name: (id) => (bringsLater(id) ? basename(id, '.tsx') : null),
    debugName: 'what brings something later',
  },
];

/**
 * What the bundler would call the types that both entries need. It is the name of an entry, which would
 * have to do with another, and who asks for it would find these, under names of one letter.
 */
const TYPES_OF_BOTH = 'messages.d';

/** Lets a server component, as in Next's App Router, render what is here, which is a client's then. */
const USE_CLIENT = "'use client';";

/**
 * The style sheets are written to be read. On their way out they lose the spaces that say nothing:
 * those round braces, and after colons, semicolons and commas.
 */
const smallStyles: Rolldown.Plugin = {
  name: 'small-styles',
  transform: {
    filter: { id: /[sS]tyles\.ts$/ },
    handler: (code) =>
      code.replaceAll(/`[^`]*`/g, (sheet) =>
        sheet
          .replaceAll(/;?\s*\}\s*/g, '}')
          .replaceAll(/\s*\{\s*/g, '{')
          .replaceAll(/([:;,])\s+/g, '$1'),
      ),
  },
};

export default defineConfig(
  library(
    { index: 'src/index.ts', messages: 'src/messages/messages.ts' },
    {
      unbundle: false,
      plugins: [smallStyles],
      outputOptions: (options, format) => ({
        ...options,
        chunkFileNames: ({ name }) => {
          const extension = format === 'cjs' ? 'cjs' : 'js';
          return `${name === TYPES_OF_BOTH ? 'types' : '[name]'}.${extension}`;
        },
        codeSplitting: { groups },
        banner: ({ fileName }) => (/^index\.c?js$/.test(fileName) ? USE_CLIENT : ''),
      }),
    },
  ),
);

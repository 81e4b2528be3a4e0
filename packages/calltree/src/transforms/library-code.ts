import type { FrameFilter } from './transform.ts';

/**
 * Frames that are the runtime's or a dependency's, going by the usual places of such code and by
 * frame kinds. With `hide-frames`, what is left is "only my code".
 */
export const LIBRARY_CODE: FrameFilter = {
  query: {
    kind: 'regex',
    fields: ['file'],
    pattern: [
      '(^|[\\\\/])(node_modules|site-packages|dist-packages|vendor|gems)[\\\\/]',
      '[\\\\/](\\.cargo[\\\\/]registry|rustc|go[\\\\/]pkg[\\\\/]mod|\\.m2[\\\\/]repository)[\\\\/]',
      '^(node|internal|native|wasm):',
      '^<frozen ',
      '^[\\\\/]usr[\\\\/](lib|include|local[\\\\/](lib|go))[\\\\/]',
    ].join('|'),
  },
  kinds: ['kernel', 'native', 'abort-marker'],
};

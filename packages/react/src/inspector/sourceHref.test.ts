import { expect, it } from 'vitest';
import { sourceHref } from './sourceHref.ts';

it.each(['https://git.example/a.ts#L4', 'vscode://file/srv/a.ts:4', '/source/a.ts', '?file=a.ts'])(
  'goes to %s',
  (link) => expect(sourceHref(link)).toBe(link),
);

it.each([
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '',
  undefined,
])('does not go to %j', (link) => expect(sourceHref(link)).toBeUndefined());

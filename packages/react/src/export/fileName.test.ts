import { describe, expect, it } from 'vitest';
import { fileName } from './fileName.ts';

describe('fileName', () => {
  it.each([
    ['GET /cart, span 4f2a', 'svg', 'GET-cart-span-4f2a.svg'],
    ['../../etc/passwd', 'folded', 'etc-passwd.folded.txt'],
    ['', 'pprof', 'profile.pb.gz'],
    ['..', 'png', 'profile.png'],
    ['.htaccess', 'html', 'htaccess.html'],
    ['con', 'json', 'profile-con.hyperflame.json'],
    ['con.x', 'svg', 'profile-con.x.svg'],
    ['COM¹', 'svg', 'profile-COM¹.svg'],
    ['shop.v1.2', 'speedscope', 'shop.v1.2.speedscope.json'],
    ['a\u0000b\u202ecod.exe', 'markdown', 'a-b-cod.exe.md'],
    ['<img src=x>"\'`$(rm -rf ~)', 'svg', 'img-src-x-rm-rf.svg'],
    ['Bestellübersicht 注文', 'svg', 'Bestellübersicht-注文.svg'],
  ] as const)('of %j as %s is %s', (name, format, expected) => {
    expect(fileName(name, format)).toBe(expected);
  });

  it('is short, and whole where it is cut', () => {
    expect(fileName('x'.repeat(1_000_000), 'svg')).toHaveLength(84);
    expect(fileName(`${'x'.repeat(79)}𠮷𠮷`, 'svg')).toBe(`${'x'.repeat(79)}.svg`);
  });
});

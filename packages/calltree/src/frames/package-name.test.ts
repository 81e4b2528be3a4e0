import { describe, expect, it } from 'vitest';
import { FrameTableBuilder, type FrameInput } from '../build/frame-table-builder.ts';
import { packageName } from './package-name.ts';

function nameOf(frame: FrameInput): string {
  const builder = new FrameTableBuilder();
  const index = builder.add(frame);
  return packageName(builder.build(), index);
}

describe('the package of a frame', () => {
  it.each<[FrameInput, string]>([
    [{ name: 'format', file: '/app/node_modules/prettier/index.mjs' }, 'prettier'],
    [{ name: 'get', file: 'node_modules/a/node_modules/@scope/lib/x.js' }, '@scope/lib'],
    [{ name: 'get', file: 'C:\\app\\node_modules\\lodash\\get.js' }, 'lodash'],
    [{ name: 'listOnTimeout', file: 'node:internal/timers' }, 'node:internal'],
    [{ name: 'readFileSync', file: 'node:fs' }, 'node:fs'],
    [{ name: 'load', file: '/usr/lib/python3/dist-packages/yaml/loader.py' }, 'yaml'],
    [{ name: 'x', file: '/venv/lib/python3.12/site-packages/six.py' }, 'six'],
    [{ name: 'call', file: '/usr/lib/ruby/gems/rack-3.0.8/lib/rack/x.rb' }, 'rack'],
    [{ name: 'poll', file: '/root/.cargo/registry/src/index-6f17/tokio-1.38.0/src/x.rs' }, 'tokio'],
    [{ name: 'github.com/acme/shop/cart.(*Cart).Add', kind: 'go' }, 'github.com/acme/shop/cart'],
    [{ name: 'net/http.(*conn).serve', kind: 'go' }, 'net/http'],
    [{ name: 'runtime.mallocgc', kind: 'go' }, 'runtime'],
    [{ name: 'java.util.HashMap.get', kind: 'jvm' }, 'java.util'],
    [{ name: 'org/springframework/web/servlet/View.render' }, 'org.springframework.web'],
    [{ name: 'System.Text.Json.Reader.Read', kind: 'dotnet' }, 'System.Text'],
    [{ name: '<tokio::task::Core as Future>::poll' }, 'tokio'],
    [{ name: 'std::vector<int>::push_back', mapping: '/usr/lib/libc.so' }, 'std'],
    [{ name: 'do_syscall_64', kind: 'kernel', mapping: 'vmlinux' }, 'kernel'],
    [{ name: 'read', mapping: '/usr/lib/x86_64-linux-gnu/libc.so.6' }, 'libc.so.6'],
    [{ mapping: 'libfoo.so', address: 0x1234 }, 'libfoo.so'],
    [{ name: 'search', file: '/srv/shop/src/search.ts' }, 'search.ts'],
    [{ name: 'main' }, ''],
    [{}, ''],
  ])('%j is %s', (frame, expected) => {
    expect(nameOf(frame)).toBe(expected);
  });

  it('is found in a name of a megabyte in no more than its beginning', () => {
    expect(nameOf({ name: `acme::${'x<'.repeat(500_000)}` })).toBe('acme');
  });
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startClickHouse } from './index.ts';

/** Runs it until it ends by itself. */
function serve(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const program = fileURLToPath(new URL('./serve.ts', import.meta.url));
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) => {
      done({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'hyperflame-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it('says in a line what is wrong with how it was called', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  const options = 'There are --http-port N, --tcp-port N and --data-dir DIR.';
  for (const [args, said] of [
    [['--foo'], `Unknown option '--foo'. ${options}`],
    [['--http-port'], `Option '--http-port <value>' argument missing. ${options}`],
    [['--tcp-port', '0'], '--tcp-port must be a port number, not "0".'],
    [['--data-dir', file], `--data-dir must be a folder, and ${file} is a file.`],
  ] as const) {
    expect(await serve(...args)).toEqual({ code: 2, stdout: '', stderr: `${said}\n` });
  }
});

it('says in a line which port is taken', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  expect(await serve('--http-port', String(port))).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} cannot be listened on. Give another --http-port, or none for a free one.\n`,
  });
});

it('says in a line that another server has the folder', async () => {
  const dataDir = folder();
  const other = await startClickHouse({ dataDir });
  onTestFinished(() => other.stop());
  const { code, stdout, stderr } = await serve('--data-dir', dataDir);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^ClickHouse did not start\. .*Cannot lock file/),
  ]);
});

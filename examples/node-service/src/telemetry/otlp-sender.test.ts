import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OtlpSender } from './otlp-sender.ts';

const captureDir = mkdtempSync(join(tmpdir(), 'sender-'));
const received: { path: string | undefined; body: Buffer }[] = [];
let answers: number[] = [];
let server: Server;
let endpoint = '';

beforeEach(async () => {
  received.length = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url, body: Buffer.concat(chunks) });
      response.writeHead(answers.shift() ?? 200).end('no room');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(captureDir, { recursive: true, force: true });
});

const payload = Uint8Array.of(10, 0, 255, 13);

test('each signal goes to its own path, and the copy is what was sent', async () => {
  const sender = new OtlpSender({ endpoint, captureDir });
  await sender.send('profiles', payload);
  await sender.send('traces', payload);
  expect(received.map(({ path }) => path)).toEqual(['/v1development/profiles', '/v1/traces']);
  expect(readdirSync(captureDir).sort()).toEqual(['000001-profiles.binpb', '000002-traces.binpb']);
  expect(readFileSync(join(captureDir, '000001-profiles.binpb'))).toEqual(received[0].body);
});

test('what the receiver has no room for now is sent again', async () => {
  answers = [503, 429, 200];
  await new OtlpSender({ endpoint, captureDir: undefined }).send('logs', payload);
  expect(received).toHaveLength(3);
});

test('a refusal is final, and carries the reason', async () => {
  answers = [400];
  const sending = new OtlpSender({ endpoint, captureDir: undefined }).send('logs', payload);
  await expect(sending).rejects.toThrow('400 no room');
  expect(received).toHaveLength(1);
});

test('without an endpoint there are only files', async () => {
  await new OtlpSender({ endpoint: undefined, captureDir }).send('logs', payload);
  expect(readdirSync(captureDir)).toEqual(['000001-logs.binpb']);
});

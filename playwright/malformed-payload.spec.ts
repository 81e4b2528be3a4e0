import { sampleCount, spansNamed, until } from './support/data.ts';
import { postOtlp, sendSpan } from './support/send.ts';
import { expect, test } from './support/stack.ts';

test('a malformed payload is refused with 400, and everything else keeps arriving', async ({
  stack,
  client,
}) => {
  const malformed = new TextEncoder().encode('this is no protobuf');
  const answer = await postOtlp(stack, '/v1development/profiles', malformed);
  expect(answer.status).toBe(400);

  const name = 'after the malformed one';
  await sendSpan(stack, { name, functions: ['main', 'work'] });
  await until('the next payload has landed', async () => {
    const [span] = await spansNamed(client, name);
    return span !== undefined && span.samples > 0;
  });
  const before = await sampleCount(client);
  await until('the shop’s samples keep arriving', async () => (await sampleCount(client)) > before);
});

import { frameLabel, makeStackTable } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { find, type Found } from './find.ts';

const stacks = makeStackTable([
  { frames: ['main', 'json.read'], weight: 30 },
  { frames: ['main', 'json.write', 'json.read'], weight: 20 },
  { frames: [{ mapping: 'libc.so', address: 0x1a2bn }], weight: 50 },
]);
const { frames } = stacks;
const never = new AbortController().signal;

async function found(text: string): Promise<Found | null> {
  const asked = find(frames, text);
  return typeof asked === 'function' ? asked(never, () => undefined) : asked;
}

const namesFound = async (text: string) => {
  const { isFrame } = (await found(text))!;
  return Array.from({ length: frames.length }, (_, frame) => frameLabel(frames, frame)).filter(
    (_, frame) => isFrame[frame] === 1,
  );
};

describe('what is looked for', () => {
  it('is nothing without a text', async () => {
    expect(await found(' || ')).toBeNull();
  });

  it('is found at once, unless an expression has to be tried', async () => {
    expect(find(frames, 'json')).not.toBeTypeOf('function');
    expect(find(frames, 'main || /json/')).toBeTypeOf('function');
    expect(await namesFound('json')).toEqual(await namesFound('/^json/'));
  });

  it('is found by any of several, of frames without symbols too', async () => {
    expect((await namesFound('/^JSON\\.w/ || main || /libc.*2b$/')).sort()).toEqual(
      ['json.write', 'libc.so+0x1a2b', 'main'].sort(),
    );
  });

  it('is text where an expression is none, which is said', async () => {
    expect(await found('/(json/')).toMatchObject({ problem: 'broken' });
    expect(await namesFound('/(json/')).toEqual([]);
  });
});

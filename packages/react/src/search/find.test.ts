import { buildCallTree, frameLabel, makeStackTable } from '@hyperflame/calltree';
import { describe, expect, it } from 'vitest';
import { find, weigh, type Found } from './find.ts';

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

  it('has its share of the whole, with recursion counted once', async () => {
    const tree = buildCallTree(stacks);
    expect(weigh(tree, (await found('/^json/'))!)).toMatchObject({
      share: 0.5,
      matchedNodes: 3,
      problem: undefined,
    });
  });

  it('is known to be among some nodes or not', async () => {
    const tree = buildCallTree(stacks);
    const { isMatch, hasMatch } = weigh(tree, (await found('json'))!);
    const nodes = Array.from({ length: tree.length }, (_, node) => node);
    for (const from of nodes) {
      for (const until of [...nodes.slice(from), tree.length]) {
        expect(hasMatch(from, until), `${from} to ${until}`).toBe(
          nodes.slice(from, until).some(isMatch),
        );
      }
    }
  });

  it('is text where an expression is none, which is said', async () => {
    expect(await found('/(json/')).toMatchObject({ problem: 'broken' });
    expect(await namesFound('/(json/')).toEqual([]);
  });
});

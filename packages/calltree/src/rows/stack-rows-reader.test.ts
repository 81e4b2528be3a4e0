import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { HOSTILE_NAMES } from '../testing/hostile-names.ts';
import { forSeeds, randomStacks } from '../testing/random-stacks.ts';
import { Random } from '../testing/random.ts';
import { rowsText } from '../testing/rows-text.ts';
import { StackRowsReader } from './stack-rows-reader.ts';

function readerOf(...pieces: string[]): StackRowsReader {
  const reader = new StackRowsReader();
  for (const piece of pieces) reader.push(piece);
  return reader;
}

const invalid = (message: string | RegExp) =>
  expect.objectContaining({
    name: 'CallTreeError',
    kind: 'invalid-rows',
    message: expect.stringMatching(message),
  });

const all = { unit: 'count', weight: 100, samples: 10 };
const HEAD = '[0,[],"100",10,["count"]]\n';
const MAIN = '[1,[],"0",0,["main","","","",""]]\n';

describe('StackRowsReader', () => {
  it('reads the same table from text that is cut anywhere', () => {
    forSeeds(40, (seed) => {
      const random = new Random(seed);
      const stacks = randomStacks(seed, { stacks: 60, other: seed % 2 === 0 });
      const text = rowsText(stacks);
      const pieces: string[] = [];
      for (let at = 0; at < text.length;) {
        const length = 1 + random.below(1 + random.below(400));
        pieces.push(text.slice(at, at + length));
        at += length;
      }
      const reader = readerOf(...pieces);
      reader.end();
      const total = stacks.weight.reduce((a, b) => a + b, 0) + stacks.otherWeight;
      const samples = stacks.count.reduce((a, b) => a + b, 0) + stacks.otherCount;
      expect(reader.table({ unit: stacks.unit, weight: total, samples })).toEqual(stacks);
      expect(reader.read).toMatchObject({ stacks: stacks.weight.length, exact: true });
    });
  });

  it('reads names of any characters from pieces of one character', () => {
    const named = makeStackTable(
      HOSTILE_NAMES.map((name, i) => ({ frames: ['main', `${name}😀`], weight: i + 1 })),
    );
    const reader = readerOf(...rowsText(named).split(''));
    reader.end();
    const weight = named.weight.reduce((a, b) => a + b, 0);
    const read = reader.table({ unit: 'count', weight, samples: weight });
    expect(read.frames.strings).toEqual(named.frames.strings);
  });

  it('has the whole total at any moment: what has not come yet is other', () => {
    const reader = readerOf(HEAD, MAIN, '[2,[0,1],"30",3,[]]\n', '[2,[1,1],"20",2,[]');
    expect(reader.table(all)).toMatchObject({
      weight: Float64Array.of(30),
      otherWeight: 70,
      otherCount: 7,
    });
    reader.push(']\n');
    expect(reader.table(all)).toMatchObject({
      weight: Float64Array.of(30, 20),
      otherWeight: 50,
      otherCount: 5,
    });
  });

  it('gives tables that later rows do not change', () => {
    const reader = readerOf(HEAD, MAIN, '[2,[0,1],"30",3,[]]\n');
    const early = reader.table(all);
    reader.push('[1,[],"0",0,["gc","","","",""]]\n[2,[0,2],"1",1,[]]\n[2,[0,1],"5",1,[]]\n');
    expect(early.weight).toEqual(Float64Array.of(30));
    expect(early.frames.strings).toEqual(['', 'main']);
    expect(reader.table(all).weight).toEqual(Float64Array.of(35, 1));
  });

  describe('where stacks are in groups', () => {
    const MAIN_THREAD = '[4,[],"60",6,["thread","main","pod","a"]]\n';
    const NO_THREAD = '[4,[],"40",4,["thread","","pod","b"]]\n';
    const FRAMES = '[1,[],"0",0,["main","","","",""]]\n[1,[],"0",0,["gc","","","",""]]\n';
    const sent = HEAD + MAIN_THREAD + NO_THREAD + FRAMES;

    it('gives each stack the labels of its group', () => {
      const reader = readerOf(
        sent,
        '[2,[0,1,3],"30",3,[]]\n[2,[2,4],"10",1,[]]\n[2,[0,2,3],"20",2,[]]\n',
        '[3,[0],"5",1,[]]\n[2,[0,1],"2",1,[]]\n',
      );
      const { labels, weight, stackOffset, frameIndex } = reader.table(all);
      const valueOf = (key: string) => {
        const column = labels?.find((one) => one.key === key);
        return Array.from(column?.value ?? [], (at) => column?.values[at]);
      };
      expect(weight).toEqual(Float64Array.of(30, 10, 20, 2));
      expect(valueOf('thread')).toEqual(['main', 'main', '', 'main']);
      expect(valueOf('pod')).toEqual(['a', 'a', 'b', 'a']);
      expect(Array.from(frameIndex)).toEqual([0, 0, 1, 0]);
      expect(Array.from(stackOffset)).toEqual([0, 1, 3, 4, 4]);
    });

    it('knows of each group what has not come', () => {
      const reader = readerOf(sent, '[2,[0,1,3],"30",3,[]]\n[2,[0,2,3],"40",4,[]]\n');
      expect(reader.table(all)).toMatchObject({
        ...{ otherWeight: 30, otherCount: 3 },
        otherByLabels: [{ labels: { thread: 'main', pod: 'a' }, weight: 30, count: 3 }],
      });
    });

    it('takes any text for a key or a value', () => {
      for (const name of [...HOSTILE_NAMES, '__proto__']) {
        const group = JSON.stringify([4, [], '1', 1, [name, `${name}!`]]);
        const { labels } = readerOf(`${HEAD}${group}\n[2,[0,1],"1",1,[]]\n`).table(all);
        expect(labels).toEqual(
          name === '' ? [] : [{ key: name, values: ['', `${name}!`], value: Uint32Array.of(1) }],
        );
      }
    });

    it('does not take a group for a frame', () => {
      expect(() => readerOf(sent, '[2,[0,3,1],"1",1,[]]\n')).toThrow(invalid(/^Row 6 /));
    });
  });

  it('tells the texts that came since', () => {
    const reader = readerOf(HEAD, MAIN);
    expect(reader.stringsFrom(1)).toEqual(['main']);
    reader.push('[1,[],"0",0,["gc","gc.c","","",""]]\n');
    expect(reader.stringsFrom(2)).toEqual(['gc', 'gc.c']);
  });

  it('reads lines with many rows, cut anywhere, and says which row is wrong', () => {
    const line = `[[${[HEAD, MAIN, '[2,[0,1],"30",3,[]]'].map((row) => row.trim()).join(',')}]]\n`;
    const more = '[[[2,[0,1],"5",1,[]],[2,[0],"6",1,[]]]]\n';
    for (let cut = 0; cut < line.length + more.length; cut++) {
      const text = line + more;
      const reader = readerOf(text.slice(0, cut), text.slice(cut));
      reader.end();
      expect(reader.table(all).weight).toEqual(Float64Array.of(35, 6));
    }
    expect(() => readerOf(line, '[[[2,[0,1],"5",1,[]],[2,[0,9],"6",1,[]]]]\n').end()).toThrow(
      invalid(/^Row 5 .* not sent/),
    );
  });

  it('goes over empty lines, and needs no end of the last one', () => {
    const reader = readerOf(HEAD, '\n\r\n', MAIN, '\n[2,[0,1],"30",3,[]]');
    reader.end();
    expect(reader.read.stacks).toBe(1);
  });

  it('reads a line of a megabyte that comes in small pieces', () => {
    const name = 'n'.repeat(1 << 20);
    const text = HEAD + MAIN.replace('main', name);
    const reader = new StackRowsReader();
    for (let at = 0; at < text.length; at += 100) reader.push(text.slice(at, at + 100));
    expect(reader.stringsFrom(1)).toEqual([name]);
  });

  it('gives the words that stand behind the rows as the reason, however they are cut', () => {
    const words =
      '\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 241. DB::Exception: too much. (MEMORY_LIMIT_EXCEEDED)\n96 abcdefghijklmnop\r\n__exception__\r\n';
    const text = `${HEAD}${MAIN}${words}`;
    for (let cut = HEAD.length; cut < text.length; cut++) {
      const reader = readerOf(text.slice(0, cut), text.slice(cut));
      expect(() => reader.end()).toThrow(
        invalid(/^Row 3 .*Code: 241\. DB::Exception: too much\./s),
      );
    }
  });

  it('stops at the start of an endless text that is no rows', () => {
    const reader = new StackRowsReader();
    expect(() => {
      for (let i = 0; i < 1_000_000; i++) reader.push('<html>not found</html>\n');
    }).toThrow(invalid(/^Row 1 .*<html>not found/s));
  });

  it.each([
    ['nothing', '', 'no rows'],
    ['a line that breaks off', `${HEAD}${MAIN}[2,[0,`, 'Row 3'],
    ['rows without a head', MAIN, 'Row 1 can.t be read: the head'],
    ['a frame that was not sent', `${HEAD}[2,[0,1],"1",1,[]]\n`, 'Row 2 .* not sent'],
    ['a shared part that is too long', `${HEAD}${MAIN}[2,[1,1],"1",1,[]]\n`, 'Row 3 .* shares'],
    ['a shared part that is no number', `${HEAD}${MAIN}[2,["x",1],"1",1,[]]\n`, 'Row 3 .* shares'],
    ['a shared part below none', `${HEAD}${MAIN}[2,[-1,1],"1",1,[]]\n`, 'Row 3 .* shares'],
    ['a part of half a frame', `${HEAD}${MAIN}[2,[0.5,1],"1",1,[]]\n`, 'Row 3 .* shares'],
    ['a kind that does not exist', `${HEAD}[7,[],"1",1,[]]\n`, 'Row 2 .* unknown kind'],
    ['a weight that is no number', `${HEAD}${MAIN}[2,[0,1],"x",1,[]]\n`, 'Row 3 .* NaN'],
    ['an address that is no number', `${HEAD}[1,[],"0",0,["","","","","0xZ"]]\n`, 'Row 2'],
    ['a name that is no text', `${HEAD}[1,[],"0",0,[1,"","","",""]]\n`, 'Row 2 .* no row'],
    ['an object', `${HEAD}{"a":1}\n`, 'Row 2 .* no row'],
    ['a number', `${HEAD}7\n`, 'Row 2 .* no row'],
  ])('does not take %s for rows', (_, text, message) => {
    expect(() => readerOf(text).end()).toThrow(invalid(new RegExp(message, 's')));
  });
});

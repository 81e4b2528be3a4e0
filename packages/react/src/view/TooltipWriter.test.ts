// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { TooltipText } from './tooltipText.ts';
import { TooltipWriter } from './TooltipWriter.ts';

const text = (change: Partial<TooltipText> = {}): TooltipText => ({
  name: 'handle',
  places: ['server.ts:12'],
  rows: [
    ['Total', '50ms', '50%', '5 samples'],
    ['Self', '20ms', '20%', '2 samples'],
  ],
  ...change,
});

function written(...texts: TooltipText[]): HTMLElement {
  const box = document.createElement('div');
  const writer = new TooltipWriter(box);
  for (const one of texts) writer.write(one);
  return box;
}

describe('what is written into a tooltip', () => {
  it('is the name, where it is from, and figures under their labels', () => {
    const box = written(text());
    expect(box.querySelector('.hf-tooltip-name')?.textContent).toBe('handle');
    expect(box.querySelector('.hf-tooltip-place')?.textContent).toBe('server.ts:12');
    expect([...box.querySelectorAll('dt')].map((label) => label.textContent)).toEqual([
      'Total',
      'Self',
    ]);
    expect(box.querySelector('dl')?.textContent).toBe('Total50ms50%5 samplesSelf20ms20%2 samples');
  });

  it('is the same whatever was written before', () => {
    const others = [
      text({ name: 'a', places: [] }),
      text({ places: ['b.ts', 'libc · native'], rows: [['Self', '1', '', '']] }),
      text({ rows: [['Total', '1', '2', '3']] }),
      text(),
    ];
    for (const before of others) {
      for (const after of others) {
        expect(written(before, after).innerHTML).toBe(written(after).innerHTML);
      }
    }
  });

  it('goes into the same elements where there are as many lines', () => {
    const box = document.createElement('div');
    const writer = new TooltipWriter(box);
    writer.write(text());
    const before = [...box.querySelectorAll('*')];
    writer.write(text({ name: 'parse', places: ['parse.ts'] }));
    expect([...box.querySelectorAll('*')]).toEqual(before);
    expect(box.firstElementChild?.textContent).toBe('parse');
  });

  it('is text, whatever a name looks like', () => {
    const box = written(text({ name: '<img src=x onerror=alert(1)>' }));
    expect(box.querySelector('img')).toBeNull();
    expect(box.firstElementChild?.textContent).toBe('<img src=x onerror=alert(1)>');
  });
});

import { describe, expect, it } from 'vitest';
import { makeStackTable } from '../build/make-stack-table.ts';
import { markdownSummary } from './markdown.ts';

describe('markdownSummary', () => {
  it('says where the time goes', () => {
    const stacks = makeStackTable(
      [
        { frames: ['main', { name: 'hash', file: 'src/auth.ts' }], weight: 3e9, count: 60 },
        { frames: ['main', 'render'], weight: 0.5e9, count: 10 },
      ],
      { unit: 'nanoseconds', otherWeight: 0.5e9, otherCount: 10 },
    );
    expect(markdownSummary(stacks, { title: 'Checkout' })).toBe(
      `# Checkout

- Total: 4 s (nanoseconds) in 80 samples
- Distinct stacks: 2, functions: 3, deepest stack: 2 frames
- Left out of the stacks: 12.5 % of the total

## Functions by their own weight

| Self | of all | Total | of all | Function | Where |
| ---: | ---: | ---: | ---: | --- | --- |
| 3 s | 75.0 % | 3 s | 75.0 % | \`hash\` | \`src/auth.ts\` |
| 500 ms | 12.5 % | 500 ms | 12.5 % | \`render\` |  |
| 0 ns | 0.0 % | 3.5 s | 87.5 % | \`main\` |  |

## Functions by weight including what they call

| Self | of all | Total | of all | Function | Where |
| ---: | ---: | ---: | ---: | --- | --- |
| 0 ns | 0.0 % | 3.5 s | 87.5 % | \`main\` |  |
| 3 s | 75.0 % | 3 s | 75.0 % | \`hash\` | \`src/auth.ts\` |
| 500 ms | 12.5 % | 500 ms | 12.5 % | \`render\` |  |

## Paths on which most samples ended

1. 75.0 % (3 s): \`main\` → \`hash\`
2. 12.5 % (500 ms): \`main\` → \`render\`
`,
    );
  });

  it('lets no name out of its code span', () => {
    const names = [
      'a|b',
      '`rm -rf`',
      '<img src=x onerror=alert(1)>',
      'two\nlines',
      '\u202egnp.exe',
    ];
    const text = markdownSummary(
      makeStackTable(names.map((name, i) => ({ frames: [name], weight: 10 - i }))),
    );
    expect(text).toContain('`a\\|b`');
    expect(text).toContain('`` `rm -rf` ``');
    expect(text).toContain('`<img src=x onerror=alert(1)>`');
    expect(text).toContain('`two lines`');
    expect(text).not.toContain('\u202e');
  });

  it('escapes bars in tables, and leaves them in paths', () => {
    const text = markdownSummary(makeStackTable([{ frames: ['operator||'], weight: 1 }]));
    expect(text).toContain('| `operator\\|\\|` |');
    expect(text).toContain('1. 100.0 % (1): `operator||`');
  });

  it('takes no unit and no title for Markdown or HTML', () => {
    const unit = '<img src=x>|**u**\n# [a](b)';
    const stacks = makeStackTable([{ frames: ['a'], weight: 1 }], { unit });
    const text = markdownSummary(stacks, { title: `cpu ${unit}` });
    const escaped = '\\<img src=x\\>\\|\\*\\*u\\*\\* # \\[a\\](b)';
    expect(text).toContain(`# cpu ${escaped}\n`);
    const shown = escaped.replace(' #', '␊#');
    expect(text).toContain(`- Total: 1 ${shown} (${shown}) in 1 samples`);
    expect(text).toContain(`| 1 ${shown} | 100.0 % |`);
    expect(text).not.toContain('\n# [a]');
  });

  it('links nothing and calls nobody, and keeps units short', () => {
    const of = (unit: string, title?: string) =>
      markdownSummary(makeStackTable([{ frames: ['a'], weight: 1 }], { unit }), { title });
    for (const title of [
      'for @everyone',
      'see #12',
      'see https://example.com',
      'www.example.com',
    ]) {
      expect(of('count', title)).toContain(`# \`${title}\`\n`);
    }
    expect(of('@everyone')).toContain('Total: `1 @everyone` (`@everyone`)');
    expect(of('x'.repeat(1_000_000)).length).toBeLessThan(3000);
  });

  it('keeps long names and deep paths short', () => {
    const text = markdownSummary(
      makeStackTable([
        {
          frames: ['x'.repeat(1e6), ...Array.from({ length: 9_999 }, (_, i) => `f${i}`)],
          weight: 1,
        },
      ]),
      { rows: 3 },
    );
    expect(text.length).toBeLessThan(3000);
    expect(text).toContain('… 9984 frames …');
  });

  it('lists the paths on which most samples ended, wherever they are in the tree', () => {
    const text = markdownSummary(
      makeStackTable([
        ...[5, 4, 3].map((weight) => ({ frames: ['wide', `of${weight}`], weight })),
        { frames: ['narrow', 'of7'], weight: 7 },
      ]),
      { rows: 2 },
    );
    expect(text.split('\n').filter((line) => /^\d+\. /.test(line))).toEqual([
      '1. 36.8 % (7): `narrow` → `of7`',
      '2. 26.3 % (5): `wide` → `of5`',
    ]);
  });

  it('takes an empty profile, and the host’s own way to write weights', () => {
    expect(markdownSummary(makeStackTable([]))).toContain('Total: 0 (count) in 0 samples');
    expect(
      markdownSummary(makeStackTable([{ frames: ['a'], weight: 2 }]), {
        weightText: (weight) => `${weight} cores`,
      }),
    ).toContain('Total: 2 cores');
  });
});

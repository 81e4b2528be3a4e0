import { describe, expect, it } from 'vitest';
import { DIVERGING, NEUTRAL, PALETTE, SEQUENTIAL } from './palette.ts';
import { contrast } from './canvasTheme.ts';
import { THEME_COLORS } from './variables.ts';

type Triple = [number, number, number];

const rgb = (hex: string): Triple =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as Triple;

const linear = (hex: string): Triple =>
  rgb(hex).map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;

/**
 * What the eye makes of linear RGB at full severity.
 * Source: Machado, Oliveira and Fernandes 2009, https://doi.org/10.1109/TVCG.2009.113
 */
const SIGHTS: Record<string, number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

const times = (m: number[], [x, y, z]: Triple): Triple => [
  m[0] * x + m[1] * y + m[2] * z,
  m[3] * x + m[4] * y + m[5] * z,
  m[6] * x + m[7] * y + m[8] * z,
];

/** Source: https://bottosson.github.io/posts/oklab/ */
function oklab(color: Triple): Triple {
  const cones = times(
    [
      0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566,
      0.0883024619, 0.2817188376, 0.6299787005,
    ],
    color,
  ).map(Math.cbrt) as Triple;
  return times(
    [
      0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099,
      0.0259040371, 0.7827717662, -0.808675766,
    ],
    cones,
  );
}

function seenApart(a: string, b: string): number {
  const distances = Object.values(SIGHTS).map((sight) => {
    const [one, other] = [a, b].map((hex) =>
      oklab(times(sight, linear(hex)).map((x) => Math.min(1, Math.max(0, x))) as Triple),
    );
    return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
  });
  return Math.min(...distances);
}

describe.each(['light', 'dark'] as const)('colours on a %s page', (scheme) => {
  it('are told apart by every kind of colour vision', () => {
    const colors = [...PALETTE, NEUTRAL].map((shade) => shade[scheme]);
    for (const [i, one] of colors.entries()) {
      for (const other of colors.slice(i + 1)) {
        expect(seenApart(one, other), `${one} ${other}`).toBeGreaterThan(0.05);
      }
    }
  });

  it.each([
    ['self', SEQUENTIAL],
    ['change', DIVERGING],
  ])('change visibly from step to step: %s', (_, shades) => {
    const colors = shades.map((shade) => shade[scheme]);
    for (let i = 1; i < colors.length; i++) {
      expect(seenApart(colors[i - 1], colors[i]), colors[i]).toBeGreaterThan(0.04);
    }
  });

  it('tell less from more', () => {
    for (let i = 0; i < 3; i++) {
      expect(seenApart(DIVERGING[i][scheme], DIVERGING[6 - i][scheme])).toBeGreaterThan(0.09);
    }
  });

  it('carry text that can be read', () => {
    const texts = ['frame-text-dark', 'frame-text-light'].map((name) =>
      rgb(THEME_COLORS.get(name as 'frame-text-dark')![scheme]),
    );
    for (const shade of [...PALETTE, NEUTRAL, ...SEQUENTIAL, ...DIVERGING]) {
      const best = Math.max(...texts.map((text) => contrast(text, rgb(shade[scheme]))));
      expect(best, shade[scheme]).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each([
    ['text', 'background'],
    ['text-muted', 'background'],
    ['text-muted', 'surface'],
    ['text-muted', 'field'],
    ['dimmed-text', 'dimmed'],
    ['danger', 'background'],
    ['warning', 'background'],
  ] as const)('let %s be read on %s', (text, ground) => {
    const color = (name: typeof text | typeof ground) => rgb(THEME_COLORS.get(name)![scheme]);
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });
});

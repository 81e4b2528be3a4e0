interface Shade {
  readonly light: string;
  readonly dark: string;
}

/**
 * Eight hues for packages and kinds, all with dark text: pale ones for a light page, deeper ones
 * for a dark one. Found by search rather than by eye: under normal sight, protanopia, deuteranopia
 * and tritanopia every two of them, and the neutral fill, stay at least 0.05 apart in OKLab, and
 * their texts reach a contrast of 4.5. `palette.test.ts` holds them to it.
 */
export const PALETTE: readonly Shade[] = [
  { light: '#bdd4fa', dark: '#7298dc' },
  { light: '#f2be8d', dark: '#d39f6d' },
  { light: '#94c0ac', dark: '#57b994' },
  { light: '#c3b8fc', dark: '#8a82b6' },
  { light: '#f4de98', dark: '#9f8633' },
  { light: '#eba18b', dark: '#c7816b' },
  { light: '#93d1d0', dark: '#84bebc' },
  { light: '#cda4d6', dark: '#ad90b4' },
];

/** Fill of frames that nothing is known about, of the root and of "(other)". */
export const NEUTRAL: Shade = { light: '#dcdee3', dark: '#3b3e45' };

/** Little to much, one hue, away from the page's own lightness. */
export const SEQUENTIAL: readonly Shade[] = [
  { light: '#e6e8ec', dark: '#3a3d44' },
  { light: '#f6e3c5', dark: '#5d4f3e' },
  { light: '#f7cf97', dark: '#87673d' },
  { light: '#f2b265', dark: '#b98543' },
  { light: '#e58f3c', dark: '#e8a54d' },
];

/** Less, unchanged, more: blue to orange, which every kind of colour vision tells apart. */
export const DIVERGING: readonly Shade[] = [
  { light: '#5b93dc', dark: '#72a5ec' },
  { light: '#8fb5ea', dark: '#4671ab' },
  { light: '#c3d5f0', dark: '#3d5270' },
  { light: '#e4e5e8', dark: '#3b3e45' },
  { light: '#f5d9b4', dark: '#66523a' },
  { light: '#f1b877', dark: '#b08244' },
  { light: '#e28f3c', dark: '#eba94f' },
];

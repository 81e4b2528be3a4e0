import { DIVERGING, NEUTRAL, PALETTE, SEQUENTIAL } from './palette.ts';

/**
 * The look, as CSS variables. Each `--hyperflame-<name>` that a host sets wins; else the variable
 * of HyperDX named beside it, if the page has it; else a colour of our own for light and dark.
 */
interface ThemeColor {
  readonly light: string;
  readonly dark: string;
  /** System colour to use under forced colours. */
  readonly forced: string;
  readonly hyperdx?: string;
}

const COLORS = {
  background: { light: '#ffffff', dark: '#16181d', forced: 'Canvas', hyperdx: 'bg-body' },
  surface: { light: '#ffffff', dark: '#22252c', forced: 'Canvas', hyperdx: 'bg-surface' },
  field: { light: '#f7f8fa', dark: '#1f2228', forced: 'Field', hyperdx: 'bg-field' },
  hover: { light: '#eef0f4', dark: '#2b2f37', forced: 'Canvas', hyperdx: 'bg-highlighted' },
  border: { light: '#dfe2e8', dark: '#343841', forced: 'CanvasText', hyperdx: 'border-emphasis' },
  text: { light: '#1d2027', dark: '#e3e5ea', forced: 'CanvasText', hyperdx: 'text' },
  'text-muted': { light: '#5a606d', dark: '#a3a9b5', forced: 'CanvasText', hyperdx: 'text-muted' },
  accent: { light: '#1f5fd0', dark: '#7db0ff', forced: 'Highlight', hyperdx: 'outline-focus' },
  'accent-text': { light: '#ffffff', dark: '#16181d', forced: 'HighlightText' },
  danger: { light: '#b3261e', dark: '#ff9a92', forced: 'CanvasText', hyperdx: 'text-danger' },
  warning: { light: '#8a5a00', dark: '#f0b95a', forced: 'CanvasText' },
  neutral: { ...NEUTRAL, forced: 'Canvas' },
  dimmed: { light: '#f0f1f4', dark: '#23262c', forced: 'Canvas' },
  'dimmed-text': { light: '#666c79', dark: '#8f95a1', forced: 'GrayText' },
  'frame-text-dark': { light: '#1b1d22', dark: '#1b1d22', forced: 'CanvasText' },
  'frame-text-light': { light: '#f7f8fa', dark: '#f7f8fa', forced: 'CanvasText' },
} satisfies Record<string, ThemeColor>;

export type ColorVariable =
  keyof typeof COLORS | `palette-${number}` | `self-${number}` | `change-${number}`;

function scale(
  name: 'palette' | 'self' | 'change',
  colors: readonly { light: string; dark: string }[],
): [ColorVariable, ThemeColor][] {
  return colors.map((color, i) => [`${name}-${i + 1}`, { ...color, forced: 'Canvas' }]);
}

export const THEME_COLORS: ReadonlyMap<ColorVariable, ThemeColor> = new Map([
  ...(Object.entries(COLORS) as [ColorVariable, ThemeColor][]),
  ...scale('palette', PALETTE),
  ...scale('self', SEQUENTIAL),
  ...scale('change', DIVERGING),
]);

/** What the components' own style sheet reads: `cssColor('border')` → `var(--hf-border)`. */
export function cssColor(name: ColorVariable): string {
  return `var(--hf-${name})`;
}

/** Declarations that give every `--hf-<name>` its value. */
export function colorDeclarations(): string {
  return [...THEME_COLORS]
    .map(([name, { light, dark, hyperdx }]) => {
      const own = `light-dark(${light}, ${dark})`;
      const fallback = hyperdx ? `var(--color-${hyperdx}, ${own})` : own;
      return `--hf-${name}: var(--hyperflame-${name}, ${fallback});`;
    })
    .join('\n');
}

export function forcedColorDeclarations(): string {
  return [...THEME_COLORS].map(([name, { forced }]) => `--hf-${name}: ${forced};`).join('\n');
}

import { mediaMatches } from './media.ts';
import { parentOf } from './parentOf.ts';
import { DIVERGING, PALETTE, SEQUENTIAL } from './palette.ts';
import { cssColor, THEME_COLORS, type ColorVariable } from './variables.ts';

/** CSS pixels. */
export const CANVAS_FONT_SIZE = 11.5;

/** A fill and the text colour that reads best on it. */
interface Tone {
  readonly fill: string;
  readonly text: string;
}

export interface Ink extends Tone {
  /** For frames that are there as a way back only. */
  readonly faded: Tone;
}

/** The theme's colours as the canvas can use them: it knows no CSS variables. */
export interface CanvasTheme {
  readonly background: string;
  readonly neutral: Ink;
  readonly dimmed: Ink;
  readonly palette: readonly Ink[];
  readonly sequential: readonly Ink[];
  readonly diverging: readonly Ink[];
  /** Frames are drawn as outlines, because fills may not carry meaning under forced colours. */
  readonly outlined: boolean;
  readonly match: Ink;
  readonly fontFamily: string;
}

type Rgb = readonly [red: number, green: number, blue: number, alpha?: number];

/** Reads the theme that holds inside `root`. Costs a style recalculation; call on change only. */
export function readCanvasTheme(root: Element): CanvasTheme {
  const read = colorReader(root);
  const outlined = mediaMatches('(forced-colors: active)');
  const darkText = read('frame-text-dark');
  const lightText = read('frame-text-light');
  const background = read('background');
  const tone = (fill: Rgb): Tone => {
    const text = contrast(fill, darkText) >= contrast(fill, lightText) ? darkText : lightText;
    return { fill: css(fill), text: css(text) };
  };
  const ink = (name: ColorVariable): Ink => {
    const fill = read(name);
    return { ...tone(fill), faded: tone(outlined ? fill : over(background, fill, 0.5)) };
  };
  const scale = (name: 'palette' | 'self' | 'change', length: number): Ink[] =>
    Array.from({ length }, (_, i) => ink(`${name}-${i + 1}`));
  const dimmed = { fill: css(read('dimmed')), text: css(read('dimmed-text')) };
  const match = { fill: css(read('accent')), text: css(read('accent-text')) };
  return {
    background: css(background),
    neutral: ink('neutral'),
    dimmed: { ...dimmed, faded: dimmed },
    palette: scale('palette', PALETTE.length),
    sequential: scale('self', SEQUENTIAL.length),
    diverging: scale('change', DIVERGING.length),
    outlined,
    match: { ...match, faded: match },
    fontFamily: getComputedStyle(root).fontFamily,
  };
}

/**
 * Turns variables into numbers. The computed value of a probe's `color` is free of `var()` and
 * `light-dark()`, and mixed with nothing it is in sRGB, however it was written. No pixel is read for
 * it: Tor, and Firefox with `privacy.resistFingerprinting`, give pages noise for pixels. All are read
 * together: styles are computed once.
 */
function colorReader(root: Element): (name: ColorVariable) => Rgb {
  const names = [...THEME_COLORS.keys()];
  const behind = backgroundsBehind(root);
  const holder = document.createElement('span');
  holder.hidden = true;
  const probes = [...behind, ...names.map(cssColor)].map((color) => {
    const probe = document.createElement('span');
    probe.style.forcedColorAdjust = 'none';
    probe.style.color = `color-mix(in srgb, ${color} 100%, transparent)`;
    holder.append(probe);
    return probe;
  });
  root.append(holder);
  const colors = probes.map((probe) => rgbOf(getComputedStyle(probe).color));
  holder.remove();
  // A host's colour may be see-through: what is seen is that colour over all that is behind it.
  const ground = colors
    .splice(0, behind.length)
    .reduce((below, above) => over(below, above), [0, 0, 0, 0]);
  return (name) => over(ground, colors[names.indexOf(name)]);
}

/** Of a computed colour: `color(srgb 1 0.5 0 / 0.2)`, or `rgb(…)` where a page's own is none. */
function rgbOf(color: string): Rgb {
  const most = color.startsWith('c') ? 255 : 1;
  const [red = 0, green = 0, blue = 0, alpha] =
    color.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
  return [red * most, green * most, blue * most, alpha];
}

/** A colour, or a share of it, seen over another. */
function over(below: Rgb, above: Rgb, share = above[3] ?? 1): Rgb {
  const rest = (below[3] ?? 1) * (1 - share);
  const part = (channel: 0 | 1 | 2): number =>
    Math.round((above[channel] * share + below[channel] * rest) / (share + rest || 1));
  return [part(0), part(1), part(2), share + rest];
}

/** Of an element and those that it is in, the page's first. */
function backgroundsBehind(element: Element): string[] {
  const colors: string[] = [];
  for (let at: Element | null = element; at; at = parentOf(at)) {
    colors.unshift(getComputedStyle(at).backgroundColor);
  }
  return colors;
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** Contrast ratio of two colours. Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  const light = (channel: number): number => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
}

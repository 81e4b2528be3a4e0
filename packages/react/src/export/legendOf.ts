import type { LegendEntry } from '@hyperflame/calltree';
import type { ExportView } from './source.ts';

/** Both ends of a diff's colours, and their middle. None for other pictures. */
export function legendOf({ tree, scale, theme, messages }: ExportView): LegendEntry[] {
  if (!('before' in tree)) return [];
  const inks = scale.inks(theme);
  const last = inks.length - 1;
  const entry = (slot: number, label: string): LegendEntry => {
    const { fill, text } = inks[slot];
    return { fill, text, label };
  };
  return [
    entry(0, messages.lighter),
    entry(last / 2, messages.unchanged),
    entry(last, messages.heavier),
  ];
}

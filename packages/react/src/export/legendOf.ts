import type { LegendEntry } from '@hyperflame/calltree';
import { changeSteps } from '../diff/changeSteps.ts';
import { plainFigure } from '../format/plainFigure.ts';
import type { ExportView } from './source.ts';

/** Both ends of a diff's colours, and their middle. None for other pictures. */
export function legendOf(view: ExportView): LegendEntry[] {
  const { tree, diffForm, scale, theme } = view;
  if (!('before' in tree) || !diffForm) return [];
  const inks = scale.inks(theme);
  const steps = changeSteps(tree, diffForm, view);
  const last = inks.length - 1;
  return [0, last / 2, last].map((slot) => {
    const { fill, text } = inks[slot];
    return { fill, text, label: plainFigure(steps[slot]) };
  });
}

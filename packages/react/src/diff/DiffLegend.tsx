import type { DiffForm, DiffTree } from '@hyperflame/calltree';
import { diffThresholds } from '../color/diffScale.ts';
import type { ColorScale } from '../color/scales.ts';
import { useSettings } from '../theme/settings.ts';
import { changeText } from './changeText.ts';
import { Ramp, Swatch } from '../view/Legend.tsx';

interface DiffLegendProps {
  tree: DiffTree;
  form: DiffForm;
  scale: ColorScale;
}

/** The colours with the changes they stand for, and the marks of frames that came or went. */
export function DiffLegend({ tree, form, scale }: DiffLegendProps) {
  const settings = useSettings();
  const { messages } = settings;
  const strongest = diffThresholds(tree, form).at(-1) ?? 0;
  const say = (change: number): string => changeText(change, form, tree, settings);
  const { variables } = scale;
  return (
    <Ramp
      variables={variables}
      from={`${messages.lighter} ${say(-strongest)}`}
      to={`${messages.heavier} ${say(strongest)}`}
    >
      <span className="hf-key">
        <Swatch variable={variables[(variables.length - 1) / 2]} />
        {messages.unchanged}
      </span>
      <span className="hf-key">
        <Swatch variable={variables[0]} hatched />
        {messages.removedFrame}
      </span>
    </Ramp>
  );
}

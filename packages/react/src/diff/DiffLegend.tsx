import type { DiffForm, DiffTree } from '@hyperflame/calltree';
import type { ColorScale } from '../color/scales.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { changeSteps } from './changeSteps.ts';
import { Ramp, Swatch } from '../view/Legend.tsx';

interface DiffLegendProps {
  tree: DiffTree;
  form: DiffForm;
  scale: ColorScale;
}

/** The colours with the changes they stand for, and the marks of frames that came or went. */
export function DiffLegend({ tree, form, scale }: DiffLegendProps) {
  const settings = useAllSettings();
  const { messages } = settings;
  const steps = changeSteps(tree, form, settings);
  const { variables } = scale;
  return (
    <Ramp variables={variables} from={steps[0]} to={steps[steps.length - 1]} steps={steps}>
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

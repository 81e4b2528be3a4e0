import type { DiffForm, DiffTree } from '@hyperflame/calltree';
import { diffThresholds } from '../color/diffScale.ts';
import type { AllSettings } from '../theme/allSettings.ts';
import { changeText } from './changeText.ts';

/**
 * What each colour of a diff stands for, the greatest loss first:
 *
 *     ≤ -80 ms   -20 ms … -80 ms   -5 ms … -20 ms   Unchanged   +5 ms … +20 ms   …   ≥ +80 ms
 */
export function changeSteps(
  tree: DiffTree,
  form: DiffForm,
  settings: Pick<AllSettings, 'messages' | 'format'>,
): readonly string[] {
  const limits = diffThresholds(tree, form);
  const steps = (sign: 1 | -1): string[] => {
    const said = limits.map((limit) => changeText(sign * limit, form, tree, settings));
    return said.map((from, i) =>
      i + 1 < said.length ? `${from} … ${said[i + 1]}` : `${sign > 0 ? '≥' : '≤'} ${from}`,
    );
  };
  return [...steps(-1).reverse(), settings.messages.unchanged, ...steps(1)];
}

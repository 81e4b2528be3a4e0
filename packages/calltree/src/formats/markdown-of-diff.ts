import type { DiffSide, DiffTree } from '../model/diff.ts';
import { diffConfidence, SURE_CONFIDENCE } from '../tree/diff-confidence.ts';
import type { DiffForm, DiffMeasure } from '../tree/diff-deltas.ts';
import { diffFunctionTable, type DiffFunctionTable } from '../tree/diff-function-table.ts';
import { leftOutWeight } from '../tree/left-out.ts';
import type { MarkdownOptions } from './markdown.ts';
import { functionCells, plain } from './markdown-text.ts';
import { percentText, unitText, weightText } from './weight-text.ts';

export interface DiffMarkdownOptions extends MarkdownOptions {
  /** How changes are told. `normalised` if not said. */
  readonly form?: DiffForm;
}

const FORMS: Record<DiffForm, string> = {
  absolute: 'of weights',
  relative: 'of weights, as shares of what they were before',
  normalised: 'of shares of the whole, in percentage points',
};

/**
 * What changed between two profiles, for a ticket, a review or a language model: both totals, and the
 * functions that changed most and by more than chance may explain, of their own and with what they
 * call. Names, title and units are text, as in `markdownSummary`.
 */
export function markdownOfDiff(diff: DiffTree, options: DiffMarkdownOptions = {}): string {
  const { form = 'normalised', rows = 10, title = 'What changed' } = options;
  const text = options.weightText ?? weightText;
  const weight = (value: number) => plain(text(value, diff.unit));
  // Of the whole it is known exactly where it is known of each function.
  const isErrorKnown = !Number.isNaN(diffConfidence(diff, 0, { form }));

  const whole = (side: 'before' | 'after') => {
    const { total, totalCount } = diff[side];
    const rate = diff.samplingRate[side];
    const other = leftOutWeight(diff, diff[side]);
    return [
      `${weight(total[0])} (${plain(unitText(diff.unit))}) in ${weightText(totalCount[0], 'count')} samples`,
      ...(rate < 1 ? [`estimated from ${percentText(rate, 1)} of them`] : []),
      ...(other === 0 ? [] : [`${percentText(other, total[0])} left out of the stacks`]),
    ].join(', ');
  };
  const changeText = (delta: number) => {
    if (form === 'absolute') return (delta > 0 ? '+' : '') + weight(delta);
    if (delta === Infinity) return 'from 0';
    const percent = percentText(delta, 1);
    return (delta > 0 ? '+' : '') + (form === 'relative' ? percent : percent.replace('%', 'pp'));
  };

  const section = (of: DiffMeasure): string[] => {
    const functions = diffFunctionTable(diff, { form, of });
    const changed = Array.from(functions.delta.keys()).filter((row) => functions.delta[row] !== 0);
    const sure = changed.filter((row) => !(functions.confidence[row] < SURE_CONFIDENCE));
    const figure = (side: 'before' | 'after', row: number) => {
      const value = functions[side][of][row];
      return `${weight(value)} | ${percentText(value, diff[side].total[0])}`;
    };
    const lines = sure
      .slice(0, rows)
      .map(
        (row) =>
          `| ${figure('before', row)} | ${figure('after', row)} | ${changeText(functions.delta[row])} | ${fate(functions, row)} | ${functionCells(functions.frames, functions.frame[row])} |`,
      );
    const notes = [
      sure.length > rows && `${sure.length - rows} more changed by less.`,
      changed.length > sure.length &&
        `${changed.length - sure.length} more changed by no more than chance may explain.`,
    ].filter((note) => note !== false);
    if (lines.length === 0) return [notes[0] ?? 'Nothing changed.'];
    return [
      '| Before | of all | After | of all | Change | | Function | Where |',
      '| ---: | ---: | ---: | ---: | ---: | --- | --- | --- |',
      ...lines,
      ...(notes.length === 0 ? [] : ['', notes.join(' ')]),
    ];
  };

  return [
    `# ${plain(title)}`,
    '',
    `- Before: ${whole('before')}`,
    `- After: ${whole('after')}`,
    `- Changes are ${FORMS[form]}; ${isErrorKnown ? `those listed are at least ${100 * SURE_CONFIDENCE} % sure` : 'how sure they are is not known'}`,
    '',
    '## Functions by the change of their own weight',
    '',
    ...section('self'),
    '',
    '## Functions by the change of weight including what they call',
    '',
    ...section('total'),
    '',
  ].join('\n');
}

/** Whether a function is on one side only. */
function fate({ before, after }: DiffFunctionTable, row: number): string {
  const isIn = ({ total, totalCount }: DiffSide) => total[row] !== 0 || totalCount[row] !== 0;
  if (isIn(before) === isIn(after)) return '';
  return isIn(after) ? 'new' : 'removed';
}

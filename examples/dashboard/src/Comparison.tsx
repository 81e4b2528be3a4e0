import { diffFunctionTable, type DiffForm } from '@hyperflame/calltree';
import {
  ChangeTableView,
  DEFAULT_FLAME_STATE,
  DiffFlameGraphView,
  useDiffTree,
  useFlamegraph,
  type FlameState,
  type View,
} from '@hyperflame/react';
import { useMemo, useState } from 'react';
import type { Periods } from './periods.ts';

interface ComparisonProps {
  service: string;
  periods: Periods;
}

const FORMS: readonly { form: DiffForm; title: string }[] = [
  { form: 'absolute', title: 'In weight' },
  { form: 'relative', title: 'As a share of before' },
  { form: 'normalised', title: 'As a share of the whole' },
];
const GRAPH_ONLY: readonly View[] = ['graph'];

/**
 * The three forms of one diff and the list of what changed, put together by hand: two questions, one
 * tree that a worker merges, and one state, so that a zoom or a search in one picture is one in all.
 */
export function Comparison({ service, periods }: ComparisonProps) {
  const [state, setState] = useState(DEFAULT_FLAME_STATE);
  const { profileType } = state;
  const questions = useMemo(() => {
    const ask = (timeRange: Periods['after']) => ({
      service,
      timeRange,
      profileType: profileType || undefined,
    });
    return { before: ask(periods.before), after: ask(periods.after) };
  }, [service, periods, profileType]);
  const after = useFlamegraph(questions.after);
  // Only weights of one kind can be compared: the first answer says which kind that is.
  const before = useFlamegraph(
    // An empty answer has none.
    { ...questions.before, profileType: after.data?.profileType || undefined },
    { enabled: after.data !== undefined },
  );
  const { value: diff, error } = useDiffTree(before.data?.stacks, after.data?.stacks);
  const changes = useMemo(() => diff && diffFunctionTable(diff), [diff]);

  const failed = error ?? before.error ?? after.error;
  if (failed) return <p role="alert">{failed.message}</p>;
  if (!diff || !changes) return <p role="status">Comparing…</p>;
  const inForm = (diffForm: DiffForm) => ({
    state: { ...state, diffForm },
    onStateChange: (next: FlameState) => setState({ ...next, diffForm: state.diffForm }),
  });
  return (
    <section aria-label={`Changes of ${service}`}>
      <div className="forms">
        {FORMS.map(({ form, title }) => (
          <figure key={form}>
            <figcaption>{title}</figcaption>
            <DiffFlameGraphView
              tree={diff}
              {...inForm(form)}
              views={GRAPH_ONLY}
              toolbar={false}
              label={title}
              height={320}
            />
          </figure>
        ))}
      </div>
      <ChangeTableView table={changes} {...inForm('normalised')} height={360} />
    </section>
  );
}

import { useEffect } from 'react';
import { LIBRARY_CODE, type LabelColumn, type Transform } from '@hyperflame/calltree';
import { useAllSettings } from '../theme/allSettings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import type { AskedLabels } from './AskedLabels.ts';
import { labelName } from './describeTransform.ts';
import { labelsOfTransforms, MOST_ASKED } from './labelsOfTransforms.ts';
import { labelsOfFacets, labelsOfStacks, labelsToChoose } from './labelsToGroupBy.ts';

interface TransformMenuProps {
  transforms: readonly Transform[];
  labels?: readonly LabelColumn[];
  asked?: AskedLabels;
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  onAdd: (transform: Transform) => void;
  onClose: () => void;
}

/** Changes that are about a profile as a whole. */
export function TransformMenu(props: TransformMenuProps) {
  const { transforms, labels = [], asked, onAdd, ...menu } = props;
  const { messages } = useAllSettings();
  const grouped = labelsOfTransforms(transforms);
  const canAsk = asked !== undefined && grouped.length < MOST_ASKED;
  const look = asked?.look;
  useEffect(() => {
    look?.(canAsk);
    return () => look?.(false);
  }, [look, canAsk]);
  const toGroupBy = [
    ...new Set([...labelsOfStacks(labels), ...(canAsk ? labelsOfFacets(asked.facets ?? []) : [])]),
  ].filter((label) => !grouped.includes(label));

  const add = (transform: Transform) => () => onAdd(transform);
  const entries: MenuEntry[] = [
    {
      id: 'my-code',
      label: messages.onlyMyCode,
      run: add({ type: 'hide-frames', frames: LIBRARY_CODE }),
    },
    {
      id: 'recursion',
      label: messages.collapseAllRecursion,
      run: add({ type: 'collapse-direct-recursion' }),
    },
    {
      id: 'by-file',
      label: messages.groupByFile,
      startsGroup: true,
      run: add({ type: 'group-by', by: 'file' }),
    },
    {
      id: 'by-module',
      label: messages.groupByModule,
      run: add({ type: 'group-by', by: 'module' }),
    },
    { id: 'by-kind', label: messages.groupByKind, run: add({ type: 'group-by', by: 'kind' }) },
    ...labelsToChoose(toGroupBy, messages).map((label) => ({
      id: `by-label-${label}`,
      label: messages.groupByLabel(labelName(label, messages)),
      run: add({ type: 'group-by-label', label }),
    })),
  ];
  const note = asked?.isAsking
    ? messages.askingForLabels
    : asked?.hasFailed
      ? messages.labelsFailed
      : undefined;
  return (
    <FrameMenu
      {...menu}
      title={messages.transforms}
      entries={entries}
      note={canAsk ? note : undefined}
    />
  );
}

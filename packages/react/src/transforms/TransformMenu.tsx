import { LIBRARY_CODE, type LabelColumn, type Transform } from '@hyperflame/calltree';
import type { Facet } from '@hyperflame/sdk';
import { useSettings } from '../theme/settings.ts';
import { FrameMenu, type MenuEntry } from '../view/FrameMenu.tsx';
import { labelName } from './describeTransform.ts';
import { canAskForMore, labelsOfTransforms } from './labelsOfTransforms.ts';
import { labelsOfFacets, labelsOfStacks, labelsToChoose } from './labelsToGroupBy.ts';
import { useAskedLabels, type AskedAbout } from './useAskedLabels.ts';

interface MenuProps {
  transforms: readonly Transform[];
  /** Labels that the profile's stacks have. */
  labels?: readonly LabelColumn[];
  /** Corner of the menu, in the window. */
  x: number;
  y: number;
  onAdd: (transform: Transform) => void;
  onClose: () => void;
}

export interface TransformMenuProps extends MenuProps {
  /** Where there is someone to ask: labels that the stacks have not can be grouped by as well. */
  asked?: AskedAbout;
}

/** Changes that are about a profile as a whole. */
export function TransformMenu({ asked, ...menu }: TransformMenuProps) {
  return asked && canAskForMore(menu.transforms) ? (
    <AskingMenu {...menu} asked={asked} />
  ) : (
    <Menu {...menu} />
  );
}

function AskingMenu({ asked, ...menu }: MenuProps & { asked: AskedAbout }) {
  return <Menu {...menu} {...useAskedLabels(asked)} />;
}

interface LabelsOnTheirWay {
  facets?: readonly Facet[];
  isAsking?: boolean;
}

function Menu(props: MenuProps & LabelsOnTheirWay) {
  const { transforms, labels = [], facets = [], isAsking, onAdd, ...menu } = props;
  const { messages } = useSettings();
  const grouped = labelsOfTransforms(transforms);
  const toGroupBy = [...new Set([...labelsOfStacks(labels), ...labelsOfFacets(facets)])].filter(
    (label) => !grouped.includes(label),
  );

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
  return (
    <FrameMenu
      {...menu}
      title={messages.transforms}
      entries={entries}
      note={isAsking ? messages.askingForLabels : undefined}
    />
  );
}

import { diffConfidence, diffDelta, type DiffTree, type NodeIndex } from '@hyperflame/calltree';
import { SURE } from '../color/diffScale.ts';
import { shareOf } from '../format/numbers.ts';
import { useSettings } from '../theme/settings.ts';
import { FigureRow, FrameHeading } from '../view/Figures.tsx';
import { nodeFate } from './fate.ts';

/** What the tooltip of a frame in a diff says: total and self before and after, and the change. */
export function DiffFigures({ tree, node }: { tree: DiffTree; node: NodeIndex }) {
  const { messages, format } = useSettings();
  const { before, after, unit } = tree;
  const fate = nodeFate(tree, node);
  const confidence = diffConfidence(tree, node, { form: 'normalised' });
  const relative = diffDelta(tree, node, { form: 'relative' });
  const side = (label: string, { total, self }: DiffTree['before']) => (
    <FigureRow
      label={label}
      figures={[
        format.weight(total[node], unit),
        format.share(shareOf(total[node], total[0])),
        `${messages.self} ${format.weight(self[node], unit)}`,
      ]}
    />
  );
  return (
    <>
      <FrameHeading tree={tree} node={node} />
      <dl className="hf-figures">
        {side(messages.before, before)}
        {side(messages.after, after)}
        <FigureRow
          label={messages.change}
          figures={[
            format.change(after.total[node] - before.total[node], unit),
            messages.percentagePoints(format.points(diffDelta(tree, node, { form: 'normalised' }))),
            fate === 'removed'
              ? messages.removedFrame
              : fate === 'new'
                ? messages.newFrame
                : format.shareChange(relative),
          ]}
        />
        <FigureRow
          label={messages.confidence}
          figures={[
            confidence >= SURE
              ? format.share(Math.min(0.999, Math.floor(confidence * 1000) / 1000))
              : messages.withinError,
            '',
            '',
          ]}
        />
      </dl>
    </>
  );
}

import { FRAME_KINDS, type CallTree, type NodeIndex } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import { frameMapping, framePlace, nodeName } from '../frames/frameNames.ts';
import { useSettings } from '../theme/settings.ts';

interface FrameProps {
  tree: CallTree;
  node: NodeIndex;
}

/** What the tooltip of a frame says: its name and place, and its weights as parts of the whole. */
export function Figures({ tree, node }: FrameProps) {
  const { messages, format } = useSettings();
  const row = (label: string, weight: number, count: number) => (
    <FigureRow
      label={label}
      figures={[
        format.weight(weight, tree.unit),
        format.share(shareOf(weight, tree.total[0])),
        tree.unit === 'count' ? '' : messages.samples(count, format.count(count)),
      ]}
    />
  );
  return (
    <>
      <FrameHeading tree={tree} node={node} />
      <dl className="hf-figures">
        {row(messages.total, tree.total[node], tree.totalCount[node])}
        {row(messages.self, tree.self[node], tree.selfCount[node])}
      </dl>
    </>
  );
}

/** Name, `file:line`, and binary and kind where they are known. */
export function FrameHeading({ tree, node }: FrameProps) {
  const { messages } = useSettings();
  const { frames } = tree;
  const frame = tree.frame[node];
  const kind = frame < frames.length ? FRAME_KINDS[frames.kind[frame]] : undefined;
  const origin = [
    frameMapping(frames, frame),
    kind === undefined || kind === 'unknown' ? '' : messages.kinds[kind],
  ].filter((part) => part !== '');
  const place = framePlace(frames, frame);
  return (
    <>
      <div className="hf-tooltip-name">{nodeName(tree, node, messages)}</div>
      {place && <div className="hf-tooltip-place">{place}</div>}
      {origin.length > 0 && <div className="hf-tooltip-place">{origin.join(' · ')}</div>}
    </>
  );
}

/** A label and three figures, in the columns of the list it stands in. */
export function FigureRow({
  label,
  figures,
}: {
  label: string;
  figures: [string, string, string];
}) {
  const [first, second, third] = figures;
  return (
    <>
      <dt>{label}</dt>
      <dd>{first}</dd>
      <dd>{second}</dd>
      <dd className="hf-minor">{third}</dd>
    </>
  );
}

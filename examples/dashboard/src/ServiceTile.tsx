import { MiniFlameGraph, useCallTree, useFlamegraph } from '@hyperflame/react';
import type { TimeRange } from '@hyperflame/sdk';
import { useMemo } from 'react';

interface ServiceTileProps {
  service: string;
  timeRange: TimeRange;
  isChosen: boolean;
  onChoose: () => void;
}

/** A service by name and by the outline of its profile. */
export function ServiceTile({ service, timeRange, isChosen, onChoose }: ServiceTileProps) {
  const question = useMemo(() => ({ service, timeRange }), [service, timeRange]);
  const { data } = useFlamegraph(question);
  const { value: tree } = useCallTree(data?.stacks);
  return (
    <button type="button" aria-pressed={isChosen} onClick={onChoose}>
      <span>{service}</span>
      {tree ? <MiniFlameGraph tree={tree} width={160} height={40} /> : <span className="room" />}
    </button>
  );
}

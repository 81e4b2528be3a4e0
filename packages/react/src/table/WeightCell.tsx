import type { Unit } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import { useSettings } from '../theme/settings.ts';

interface WeightCellProps {
  weight: number;
  whole: number;
  /** The weight whose bar is full: bars compare the rows, shares tell the part of the whole. */
  heaviest: number;
  unit: Unit;
}

export function WeightCell({ weight, whole, heaviest, unit }: WeightCellProps) {
  const { format } = useSettings();
  return (
    <span className="hf-weight">
      <span className="hf-meter">
        <i style={{ width: `${shareOf(Math.abs(weight), heaviest) * 100}%` }} />
      </span>
      <span className="hf-amount">{format.weight(weight, unit)}</span>
      <span className="hf-share">{format.share(shareOf(weight, whole))}</span>
    </span>
  );
}

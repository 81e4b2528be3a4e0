import { useSettings } from '../theme/settings.ts';

/** A line along the top that fills up. */
export function Progress({ share, label }: { share: number; label: string }) {
  const { format } = useSettings();
  const percent = Math.round(share * 100);
  return (
    <div
      className="hf-progress"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuetext={format.share(percent / 100)}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}

import { useSettings } from '../theme/settings.ts';
import { Styles } from '../theme/Styles.tsx';
import { NOTICE_STYLES } from './noticeStyles.ts';

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
      <Styles of={NOTICE_STYLES} />
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}

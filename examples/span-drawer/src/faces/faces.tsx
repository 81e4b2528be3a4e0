import type { ReactNode } from 'react';
import { Icon } from '../theme/Icon.tsx';

/** What a part of the page shows while, or where, it has no data. The rest of it goes on. */
export function Loading({ label }: { label: string }) {
  return (
    <div className="face" role="status">
      <span className="spinner" aria-hidden="true" />
      {label}…
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="face" role="status">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

interface FailureProps {
  title: string;
  /** The other side's own words. */
  reason: string;
  onRetry: () => void;
}

export function Failure({ title, reason, onRetry }: FailureProps) {
  return (
    <div className="face failure" role="alert">
      <Icon name="alert" />
      <strong>{title}</strong>
      <p className="reason">{reason}</p>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

/** For data that is on the screen but can't be renewed: says so without taking it away. */
export function StaleNotice({ title, reason, onRetry }: FailureProps) {
  return (
    <div className="notice" role="alert">
      <Icon name="alert" />
      <span>
        <strong>{title}</strong> {reason}
      </span>
      <button type="button" className="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

import type { ReactNode } from 'react';
import { isProfileQueryError } from '@hyperflame/sdk';
import { shareOf } from '../format/numbers.ts';
import { shortText } from '../format/displayText.ts';
import { useSettings } from '../theme/settings.ts';
import { EmptyIcon, ErrorIcon } from '../view/icons.tsx';
import { describeExpired } from './describeExpired.ts';
import { Progress } from './Progress.tsx';
import type {
  ComputingFaceProps,
  EmptyFaceProps,
  ErrorFaceProps,
  Faces,
  LinkageFaceProps,
  LoadingFaceProps,
  PartialFaceProps,
  SampledFaceProps,
  StaleFaceProps,
  StreamingFaceProps,
  UpdatingFaceProps,
} from './faces.ts';

/** Widths of a made-up graph, row by row, as shares of the whole. */
const SKELETON: readonly (readonly number[])[] = [
  [100],
  [62, 37],
  [44, 17, 30],
  [44, 11, 18, 9],
  [23, 19, 8, 17],
  [23, 9, 5, 12],
  [11, 8, 6],
  [11, 4],
];

function LoadingFace({ lookedFor }: LoadingFaceProps) {
  const { messages } = useSettings();
  const label = lookedFor === undefined ? messages.loading : `${messages.loading}: ${lookedFor}`;
  return (
    <div className="hf-skeleton" role="status" aria-label={label}>
      {SKELETON.map((widths, row) => (
        <div key={row}>
          {widths.map((width, i) => (
            <span key={i} style={{ width: `${width}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface ActionProps {
  label: string;
  /** There is no button without it. */
  run: (() => void) | undefined;
}

function Action({ label, run }: ActionProps) {
  return (
    run && (
      <button type="button" className="hf-button" onClick={run}>
        {label}
      </button>
    )
  );
}

interface NoticeProps {
  tag: string;
  tone?: 'partial' | 'estimate';
  role?: 'status' | 'alert';
  text?: string;
  children?: ReactNode;
}

/** A line above the picture: what is to be known of it in a word, and in a sentence. */
function Notice({ tag, tone, role, text, children }: NoticeProps) {
  return (
    <div className="hf-notice" role={role}>
      <span className="hf-tag" data-tone={tone}>
        {tag}
      </span>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

function EmptyFace({
  question,
  lookedFor,
  where,
  answer,
  showEstimate,
  showLinked,
  showAnyType,
}: EmptyFaceProps) {
  const { messages, locale } = useSettings();
  const spanUnknown = answer.estimate && !answer.estimate.spanFound;
  const expired = describeExpired(answer.expired, messages, locale);
  return (
    <div className="hf-face" role="status">
      <span className="hf-face-icon">
        <EmptyIcon />
      </span>
      <h3>{question.spanId && !showLinked ? messages.noLinkedSamples : messages.emptyTitle}</h3>
      <p>{messages.emptyLookedFor(shortText(lookedFor, 1000), where)}</p>
      <p>{spanUnknown ? messages.spanUnknown : expired || messages.emptyHint}</p>
      {(showEstimate ?? showLinked ?? showAnyType) && (
        <div className="hf-face-actions">
          <Action label={messages.showAnyType} run={showAnyType} />
          <Action label={messages.showEstimate} run={showEstimate} />
          <Action label={messages.showLinked} run={showLinked} />
        </div>
      )}
    </div>
  );
}

function ErrorFace({ error, retry }: ErrorFaceProps) {
  const { messages } = useSettings();
  const hint = isProfileQueryError(error) ? error.hint : undefined;
  return (
    <div className="hf-face" data-tone="error" role="alert">
      <span className="hf-face-icon">
        <ErrorIcon />
      </span>
      <h3>{messages.errorTitle}</h3>
      <p className="hf-reason" tabIndex={0}>
        {shortText(error.message, 4000)}
      </p>
      {hint && <p>{hint}</p>}
      {retry && (
        <div className="hf-face-actions">
          <Action label={messages.retry} run={retry} />
        </div>
      )}
    </div>
  );
}

/** A line that moves at the top; it comes only when one would begin to wonder. */
function UpdatingFace({ lookedFor }: UpdatingFaceProps) {
  const { messages } = useSettings();
  return (
    <div className="hf-updating" role="status">
      <span className="hf-sr">{`${messages.updating}: ${lookedFor}`}</span>
    </div>
  );
}

/** Only its coming is announced: how far it is can be asked of the line at the top. */
function StreamingFace({ share, hint }: StreamingFaceProps) {
  const { messages, format } = useSettings();
  return (
    <>
      <Progress share={share} label={messages.streaming} />
      {hint !== undefined && (
        <Notice role="status" tone="partial" tag={messages.partial} text={hint} />
      )}
      <div className="hf-streaming">
        {hint === undefined && (
          <span className="hf-sr" role="status">
            {messages.streamingHint}
          </span>
        )}
        <span aria-hidden="true">
          {messages.streamed(format.share(Math.round(share * 100) / 100))}
        </span>
      </div>
    </>
  );
}

function ComputingFace({ share }: ComputingFaceProps) {
  const { messages } = useSettings();
  return <Progress share={share} label={messages.computing} />;
}

function SampledFace({ sampling: { rate, expectedError } }: SampledFaceProps) {
  const { messages, format } = useSettings();
  // Two standard errors: nineteen times in twenty the exact figure is no further away.
  const error = Number.isFinite(expectedError) ? format.share(2 * expectedError) : messages.openEnd;
  return (
    <Notice
      role="status"
      tone="estimate"
      tag={messages.sampledLabel}
      text={messages.sampled(format.count(Math.round(1 / rate)), `±${error}`)}
    />
  );
}

function PartialFace({ answer, showAll }: PartialFaceProps) {
  const { messages, format, locale } = useSettings();
  const { leftOut, skipped, unplacedSpans, otherUnits, expired } = answer;
  const reasons: string[] = [];
  if (skipped.stacks > 0) {
    const share = format.share(shareOf(skipped.weight, answer.total));
    const samples = messages.samples(skipped.samples, format.count(skipped.samples));
    reasons.push(messages.skipped(share, samples));
  }
  if (leftOut.samples !== 0 || leftOut.weight !== 0) {
    const share = format.share(shareOf(leftOut.weight, answer.total));
    const samples = messages.samples(leftOut.samples, format.count(leftOut.samples));
    reasons.push(messages.leftOut(share, samples));
  }
  if (unplacedSpans > 0) {
    reasons.push(messages.unplacedSpans(unplacedSpans, format.count(unplacedSpans)));
  }
  if (otherUnits.length > 0) reasons.push(messages.otherUnits(otherUnits.join(', ')));
  if (expired.length > 0) reasons.push(describeExpired(expired, messages, locale));
  return (
    <Notice role="status" tone="partial" tag={messages.partial} text={reasons.join(' ')}>
      <Action label={messages.showAll} run={showAll} />
    </Notice>
  );
}

function LinkageFace({ question, answer, showLinked }: LinkageFaceProps) {
  const { messages, format } = useSettings();
  if (answer.linkage === 'linked') {
    return <Notice tag={question.spanId ? messages.linkedToSpan : messages.linkedToTrace} />;
  }
  const byService = answer.estimate?.processBy === 'service.name';
  const spread = answer.estimate?.spreadSamples ?? 0;
  const reasons = [byService ? messages.estimatedByService : messages.estimatedHint];
  if (Math.round(spread) > 0) {
    reasons.push(messages.spreadSamples(Math.round(spread), format.count(spread)));
  }
  return (
    <Notice role="status" tone="estimate" tag={messages.estimated} text={reasons.join(' ')}>
      <Action label={messages.showLinked} run={showLinked} />
    </Notice>
  );
}

function StaleFace({ error, retry }: StaleFaceProps) {
  const { messages } = useSettings();
  return (
    <Notice role="alert" tone="partial" tag={messages.stale} text={shortText(error.message, 300)}>
      <Action label={messages.retry} run={retry} />
    </Notice>
  );
}

export const defaultFaces: Faces = {
  Loading: LoadingFace,
  Empty: EmptyFace,
  Error: ErrorFace,
  Partial: PartialFace,
  Linkage: LinkageFace,
  Stale: StaleFace,
  Updating: UpdatingFace,
  Streaming: StreamingFace,
  Computing: ComputingFace,
  Sampled: SampledFace,
};

import { isProfileQueryError } from '@hyperflame/sdk';
import { shareOf } from '../format/numbers.ts';
import { shortText } from '../format/displayText.ts';
import { useSettings } from '../theme/settings.ts';
import { EmptyIcon, ErrorIcon } from '../view/icons.tsx';
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
  return (
    <div className="hf-skeleton" role="status" aria-label={`${messages.loading}: ${lookedFor}`}>
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

function EmptyFace({
  question,
  lookedFor,
  where,
  answer,
  showEstimate,
  showLinked,
}: EmptyFaceProps) {
  const { messages } = useSettings();
  const spanUnknown = answer.estimate && !answer.estimate.spanFound;
  return (
    <div className="hf-face" role="status">
      <span className="hf-face-icon">
        <EmptyIcon />
      </span>
      <h3>{question.spanId && !showLinked ? messages.noLinkedSamples : messages.emptyTitle}</h3>
      <p>{messages.emptyLookedFor(shortText(lookedFor, 1000), where)}</p>
      <p>{spanUnknown ? messages.spanUnknown : messages.emptyHint}</p>
      {(showEstimate || showLinked) && (
        <div className="hf-face-actions">
          {showEstimate && (
            <button type="button" className="hf-button" onClick={showEstimate}>
              {messages.showEstimate}
            </button>
          )}
          {showLinked && (
            <button type="button" className="hf-button" onClick={showLinked}>
              {messages.showLinked}
            </button>
          )}
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
          <button type="button" className="hf-button" onClick={retry}>
            {messages.retry}
          </button>
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
        <div className="hf-notice" role="status">
          <span className="hf-tag" data-tone="partial">
            {messages.partial}
          </span>
          <p>{hint}</p>
        </div>
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
    <div className="hf-notice" role="status">
      <span className="hf-tag" data-tone="estimate">
        {messages.sampledLabel}
      </span>
      <p>{messages.sampled(format.count(Math.round(1 / rate)), `±${error}`)}</p>
    </div>
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
  if (expired.length > 0) {
    const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const say = (date: Date | undefined): string => (date ? dates.format(date) : messages.openEnd);
    const ranges = expired.map(({ from, to }) => messages.timeRange(say(from), say(to)));
    reasons.push(messages.expired(ranges.join(', ')));
  }
  return (
    <div className="hf-notice" role="status">
      <span className="hf-tag" data-tone="partial">
        {messages.partial}
      </span>
      <p>{reasons.join(' ')}</p>
      {showAll && (
        <button type="button" className="hf-button" onClick={showAll}>
          {messages.showAll}
        </button>
      )}
    </div>
  );
}

function LinkageFace({ question, answer, showLinked }: LinkageFaceProps) {
  const { messages, format } = useSettings();
  if (answer.linkage === 'linked') {
    return (
      <div className="hf-notice">
        <span className="hf-tag">
          {question.spanId ? messages.linkedToSpan : messages.linkedToTrace}
        </span>
      </div>
    );
  }
  const byService = answer.estimate?.processBy === 'service.name';
  const spread = answer.estimate?.spreadSamples ?? 0;
  return (
    <div className="hf-notice" role="status">
      <span className="hf-tag" data-tone="estimate">
        {messages.estimated}
      </span>
      <p>
        {byService ? messages.estimatedByService : messages.estimatedHint}
        {Math.round(spread) > 0 &&
          ` ${messages.spreadSamples(Math.round(spread), format.count(spread))}`}
      </p>
      {showLinked && (
        <button type="button" className="hf-button" onClick={showLinked}>
          {messages.showLinked}
        </button>
      )}
    </div>
  );
}

function StaleFace({ error, retry }: StaleFaceProps) {
  const { messages } = useSettings();
  return (
    <div className="hf-notice" role="alert">
      <span className="hf-tag" data-tone="partial">
        {messages.stale}
      </span>
      <p>{shortText(error.message, 300)}</p>
      <button type="button" className="hf-button" onClick={retry}>
        {messages.retry}
      </button>
    </div>
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

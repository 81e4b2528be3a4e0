import type { ReactNode } from 'react';
import { baseUnit } from '@hyperflame/calltree';
import { shareOf } from '../format/numbers.ts';
import { shortText } from '../format/displayText.ts';
import { useAllSettings } from '../theme/allSettings.ts';
import { Styles } from '../theme/Styles.tsx';
import { icon } from '../view/icons.tsx';
import { Action } from './Action.tsx';
import { Progress } from './Progress.tsx';
import { describeExpired } from './describeExpired.ts';
import { describeSampling } from './describeSampling.ts';
import type {
  ComputingFaceProps,
  EmptyFaceProps,
  LinkageFaceProps,
  PartialFaceProps,
  SampledFaceProps,
  StaleFaceProps,
  StreamingFaceProps,
} from './faces.ts';
import { NOTICE_STYLES } from './noticeStyles.ts';

const EmptyIcon = () =>
  icon(
    28,
    <path
      strokeWidth="1"
      d="M2 3.5h12M2 6.5h6M2 9.5h4M13 13.5l-1.7-1.7m.7-2.3a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z"
    />,
  );

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
      <Styles of={NOTICE_STYLES} />
      <span className="hf-tag" data-tone={tone}>
        {tag}
      </span>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}

export function Empty({
  question,
  lookedFor,
  where,
  answer,
  lookAgain,
  showEstimate,
  showLinked,
  showAnyType,
  showAnyTime,
}: EmptyFaceProps) {
  const { messages, locale } = useAllSettings();
  const spanUnknown = answer.estimate && !answer.estimate.spanFound;
  const expired = describeExpired(answer.expired, messages, locale);
  return (
    <div className="hf-face" role="status">
      <span className="hf-face-icon">
        <EmptyIcon />
      </span>
      <h3>{question.spanId && !showLinked ? messages.noLinkedSamples : messages.emptyTitle}</h3>
      <p>{messages.emptyLookedFor(shortText(lookedFor, 1000), where)}</p>
      <p>
        {spanUnknown
          ? messages.spanUnknown
          : expired ||
            (showAnyTime
              ? messages.emptyTimeHint(question.timeBy ?? 'collection')
              : messages.emptyHint)}
      </p>
      <div className="hf-face-actions">
        <Action label={messages.showAnyType} run={showAnyType} />
        <Action label={messages.clearWindow} run={showAnyTime} />
        <Action label={messages.showEstimate} run={showEstimate} />
        <Action label={messages.showLinked} run={showLinked} />
        <Action label={messages.lookAgain} run={lookAgain} />
      </div>
    </div>
  );
}

export function Sampled({ sampling }: SampledFaceProps) {
  const { messages, format } = useAllSettings();
  return (
    <Notice
      role="status"
      tone="estimate"
      tag={messages.sampledLabel}
      text={describeSampling(sampling, messages, format)}
    />
  );
}

export function Partial({ answer, showAll }: PartialFaceProps) {
  const { messages, format, locale } = useAllSettings();
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
  if (otherUnits.length > 0)
    reasons.push(messages.otherUnits(shortText(otherUnits.join(', '), 200)));
  if (expired.length > 0) reasons.push(describeExpired(expired, messages, locale));
  return (
    <Notice role="status" tone="partial" tag={messages.partial} text={reasons.join(' ')}>
      <Action label={messages.showAll} run={showAll} />
    </Notice>
  );
}

export function Linkage({ question, answer, spanDuration, showLinked }: LinkageFaceProps) {
  const { messages, format } = useAllSettings();
  if (answer.linkage === 'linked') {
    const { total, stacks } = answer;
    const { unit, factor } = baseUnit(stacks.unit);
    const weight = total * factor;
    const isPart =
      spanDuration !== undefined && unit === 'nanoseconds' && !question.includeChildren;
    return (
      <Notice
        tag={question.spanId ? messages.linkedToSpan : messages.linkedToTrace}
        text={
          isPart
            ? messages.ofSpan(
                format.weight(weight, unit),
                format.weight(spanDuration, unit),
                format.share(shareOf(weight, spanDuration)),
              )
            : undefined
        }
      />
    );
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

export function Stale({ error, retry }: StaleFaceProps) {
  const { messages } = useAllSettings();
  return (
    <Notice role="alert" tone="partial" tag={messages.stale} text={shortText(error.message, 300)}>
      <Action label={messages.retry} run={retry} />
    </Notice>
  );
}

export function Computing({ share }: ComputingFaceProps) {
  const { messages } = useAllSettings();
  return <Progress share={share} label={messages.computing} />;
}

/** Only its coming is announced: how far it is can be asked of the line at the top. */
export function Streaming({ share, hint }: StreamingFaceProps) {
  const { messages, format } = useAllSettings();
  return (
    <>
      <Progress share={share} label={messages.streaming} />
      {hint !== undefined && (
        <Notice role="status" tone="partial" tag={messages.partial} text={hint} />
      )}
      <div className="hf-streaming">
        <Styles of={NOTICE_STYLES} />
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

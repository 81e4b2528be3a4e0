import type { ComponentType } from 'react';
import { isProfileQueryError } from '@hyperflame/sdk';
import { shortText } from '../format/displayText.ts';
import { codeOf, useCode } from '../later/code.ts';
import { useSettings } from '../theme/settings.ts';
import { ErrorIcon } from '../view/icons.tsx';
import { Action } from './Action.tsx';
import type * as AnswerFaces from './answerFaces.tsx';
import type { ErrorFaceProps, Faces, LoadingFaceProps, UpdatingFaceProps } from './faces.ts';

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

function ErrorFace({ error, retry, takeBack }: ErrorFaceProps) {
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
          <Action label={messages.takeBack} run={takeBack} />
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

/** What says something of an answer: it comes while that is on its way. */
const answerFaces = codeOf('notes on an answer', () => import('./answerFaces.tsx'));

/** Has them come before there is an answer. */
export const fetchAnswerFaces = answerFaces.fetch;

/** `Instead`: what stands there where its code could not be fetched. */
function answerFace<Props extends object>(
  pick: (faces: typeof AnswerFaces) => ComponentType<Props>,
  Instead: ComponentType<ErrorFaceProps> = RetryNote,
): ComponentType<Props> {
  return function AnswerFace(props: Props) {
    const { value, error } = useCode(answerFaces);
    if (!value) return error ? <Instead error={error} retry={answerFaces.fetch} /> : null;
    const Face = pick(value);
    return <Face {...props} />;
  };
}

/** A note is a line over the picture, and so is the way to have it after all. */
function RetryNote({ error, retry }: ErrorFaceProps) {
  const { messages } = useSettings();
  return (
    <div className="hf-notice" role="alert">
      <p>{shortText(error.message, 300)}</p>
      <Action label={messages.retry} run={retry} />
    </div>
  );
}

export const defaultFaces: Faces = {
  Loading: LoadingFace,
  Empty: answerFace(({ Empty }) => Empty, ErrorFace),
  Error: ErrorFace,
  Partial: answerFace(({ Partial }) => Partial),
  Linkage: answerFace(({ Linkage }) => Linkage),
  Stale: answerFace(({ Stale }) => Stale),
  Updating: UpdatingFace,
  Streaming: answerFace(({ Streaming }) => Streaming),
  Computing: answerFace(({ Computing }) => Computing),
  Sampled: answerFace(({ Sampled }) => Sampled),
};

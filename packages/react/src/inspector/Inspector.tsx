import { useMemo, useRef, type ReactNode } from 'react';
import {
  functionKey,
  type CallTree,
  type FrameKey,
  type FunctionTable,
  type Unit,
} from '@hyperflame/calltree';
import type { Facet, FacetValue } from '@hyperflame/sdk';
import { shortText } from '../format/displayText.ts';
import { isSampleCount, shareOf } from '../format/numbers.ts';
import { nodeName } from '../frames/frameNames.ts';
import { keyName } from '../frames/keyName.ts';
import { useBrowserLayoutEffect } from '../hooks/useBrowserLayoutEffect.ts';
import { functionDetails, type FunctionDetails } from '../table/functionDetails.ts';
import { Root } from '../theme/Root.tsx';
import { useAllSettings } from '../theme/allSettings.ts';
import type { SettingsProps } from '../theme/settings.ts';
import { ClearIcon } from '../view/icons.tsx';
import { lineRows, type LineRow } from './lineRows.ts';
import { neighbours } from './neighbours.ts';
import type { AskedLines } from './useAskedDetails.ts';
import { sourceHref } from './sourceHref.ts';
import type { FrameInspectorViewProps } from './FrameInspectorView.tsx';
import { Styles } from '../theme/Styles.tsx';
import { INSPECTOR_STYLES } from './styles.ts';

/** Callers, callees and values of a label listed before the rest is one line. */
const MOST_LISTED = 8;

interface InspectorProps extends Omit<FrameInspectorViewProps, keyof SettingsProps> {
  /** Where lines are asked for: what is said until they are there. */
  askedLines?: AskedLines;
  /** Where labels could not be loaded: asks for them again. */
  retryLabels?: () => void;
  /** Where lines and labels are of more samples than the picture, which leaves out stacks. */
  tellsMore?: boolean;
}

/** What `<FrameInspectorView>` draws, with the settings that hold there. */
export function Inspector(props: InspectorProps) {
  const { pivot, table, sandwich, byLine, askedLines, labels = [], onPivot } = props;
  const { sourceLink, onClose, retryLabels, tellsMore } = props;
  const { messages, format } = useAllSettings();
  const details = useMemo(() => detailsOf(table, pivot), [table, pivot]);
  const lines = useMemo(() => (byLine ? lineRows(byLine, pivot) : []), [byLine, pivot]);
  const name = details ? shortText(details.name, 2_000) : keyName(pivot, messages);
  const isOnlyCounted =
    details !== undefined &&
    isSampleCount(table.unit, details.total, details.totalCount) &&
    isSampleCount(table.unit, details.self, details.selfCount);
  const fills = props.height === 'fill';
  const headingRef = useRef<HTMLHeadingElement>(null);
  const goesOn = useRef(false);
  // What was pressed is gone with the function that it was a neighbour of.
  useBrowserLayoutEffect(() => {
    if (goesOn.current) headingRef.current?.focus({ preventScroll: true });
    goesOn.current = false;
  }, [pivot]);
  const goOn =
    onPivot &&
    ((key: FrameKey): void => {
      goesOn.current = key !== pivot;
      onPivot(key);
    });
  const weight = (value: number): string => format.weight(value, table.unit);
  const share = (value: number): string => format.share(shareOf(value, table.wholeTotal));

  return (
    <Root fill={fills} role="region" aria-label={messages.inspectorLabel(name)}>
      <Styles of={INSPECTOR_STYLES} />
      <div className="hf-inspector" data-fill={fills} tabIndex={fills ? 0 : undefined}>
        <div className="hf-inspector-head">
          <h3 ref={headingRef} tabIndex={-1}>
            <bdi>{name}</bdi>
          </h3>
          {onClose && (
            <button
              type="button"
              className="hf-button hf-quiet hf-icon-button"
              aria-label={messages.closeInspector}
              onClick={onClose}
            >
              <ClearIcon />
            </button>
          )}
        </div>
        {!details ? (
          <p className="hf-muted" role="status">
            {messages.functionNotHere(name)}
          </p>
        ) : (
          <>
            <Origin details={details} link={sourceHref(sourceLink?.(details))} />
            <table className="hf-facts">
              <thead>
                <tr>
                  <td>
                    {messages.inAllPlaces(details.occurrences, format.count(details.occurrences))}
                  </td>
                  <th scope="col">{messages.total}</th>
                  <th scope="col">{messages.self}</th>
                </tr>
              </thead>
              <tbody>
                <tr>
                  <th scope="row">{messages.weight}</th>
                  <td>{weight(details.total)}</td>
                  <td>{weight(details.self)}</td>
                </tr>
                <tr>
                  <th scope="row">{messages.share}</th>
                  <td>{share(details.total)}</td>
                  <td>{share(details.self)}</td>
                </tr>
                {!isOnlyCounted && (
                  <tr>
                    <th scope="row">{messages.samplesHeader}</th>
                    <td>{format.count(details.totalCount)}</td>
                    <td>{format.count(details.selfCount)}</td>
                  </tr>
                )}
              </tbody>
            </table>
            <Section title={messages.callers}>
              <Neighbours
                side={sandwich.callers}
                whole={details.total}
                empty={messages.noCallers}
                onPivot={goOn}
              />
            </Section>
            <Section title={messages.callees}>
              <Neighbours
                side={sandwich.callees}
                whole={details.total}
                empty={messages.noCallees}
                onPivot={goOn}
              />
            </Section>
            {tellsMore && (byLine !== undefined || labels.length > 0) && (
              <p className="hf-muted">{messages.detailsOfAll}</p>
            )}
            {(byLine ?? askedLines) && (
              <Section title={messages.lines}>
                {byLine ? (
                  <Lines
                    lines={lines}
                    table={table}
                    linkOf={(line) => sourceHref(sourceLink?.({ ...details, line }))}
                  />
                ) : (
                  <NoLinesYet error={askedLines?.error} retry={askedLines?.retry} />
                )}
              </Section>
            )}
            {retryLabels && (
              <Section title={messages.labels}>
                <Failed text={messages.labelsFailed} retry={retryLabels} />
              </Section>
            )}
            {labels.length > 0 && (
              <Section title={messages.labels}>
                <Labels labels={labels} unit={table.unit} />
              </Section>
            )}
          </>
        )}
      </div>
    </Root>
  );
}

function detailsOf(table: FunctionTable, key: FrameKey): FunctionDetails | undefined {
  for (let row = 0; row < table.length; row++) {
    if (functionKey(table, row) === key) return functionDetails(table, row);
  }
  return undefined;
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h4>{title}</h4>
      {children}
    </section>
  );
}

/** Where the function comes from: file, binary, kind, and the way to its source. */
function Origin({ details, link }: { details: FunctionDetails; link: string | undefined }) {
  const { messages } = useAllSettings();
  const facts: readonly [string, string][] = [
    [messages.file, details.file],
    [messages.module, details.mapping],
    [messages.kind, details.kind === 'unknown' ? '' : messages.kinds[details.kind]],
  ];
  return (
    <>
      <dl className="hf-origin">
        {facts
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{shortText(value, 500)}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      {link !== undefined && (
        <p>
          <a className="hf-link" href={link} target="_blank" rel="noreferrer">
            {messages.openSource}
          </a>
        </p>
      )}
    </>
  );
}

interface NeighboursProps {
  side: CallTree;
  /** Total of the function, which its neighbours have parts of. */
  whole: number;
  empty: string;
  onPivot: ((key: FrameKey) => void) | undefined;
}

function Neighbours({ side, whole, empty, onPivot }: NeighboursProps) {
  const { messages, format } = useAllSettings();
  const all = useMemo(() => neighbours(side), [side]);
  if (all.length === 0) return <p className="hf-muted">{empty}</p>;
  const more = all.length - MOST_LISTED;
  return (
    <ul className="hf-bars">
      {all.slice(0, MOST_LISTED).map(({ node, key, weight }) => {
        const name = nodeName(side, node, messages);
        return (
          <li key={key}>
            <Bar share={shareOf(weight, whole)} />
            {onPivot ? (
              <button type="button" title={name} onClick={() => onPivot(key)}>
                <bdi>{name}</bdi>
              </button>
            ) : (
              <bdi title={name}>{name}</bdi>
            )}
            <span>{format.weight(weight, side.unit)}</span>
          </li>
        );
      })}
      {more > 0 && <li className="hf-muted">{messages.moreEntries(more, format.count(more))}</li>}
    </ul>
  );
}

function NoLinesYet({ error, retry }: Partial<AskedLines>) {
  const { messages } = useAllSettings();
  if (!error) return <p className="hf-muted">{messages.linesLoading}</p>;
  return <Failed text={messages.linesFailed} retry={retry} />;
}

function Failed({ text, retry }: { text: string; retry: (() => void) | undefined }) {
  const { messages } = useAllSettings();
  return (
    <p role="alert">
      {`${text} `}
      <button type="button" className="hf-button" onClick={retry}>
        {messages.retry}
      </button>
    </p>
  );
}

interface LinesProps {
  lines: readonly LineRow[];
  table: FunctionTable;
  linkOf: (line: number) => string | undefined;
}

function Lines({ lines, table, linkOf }: LinesProps) {
  const { messages, format } = useAllSettings();
  if (!lines.some(({ line }) => line > 0)) {
    return <p className="hf-muted">{messages.noLines}</p>;
  }
  const heaviest = lines.reduce((most, { total }) => Math.max(most, Math.abs(total)), 0);
  return (
    <ul className="hf-bars">
      {lines.map(({ line, self, total }) => {
        const link = line > 0 ? linkOf(line) : undefined;
        const text = line > 0 ? messages.line(String(line)) : messages.lineUnknown;
        return (
          <li key={line}>
            <Bar share={shareOf(Math.abs(total), heaviest)} />
            {link === undefined ? (
              <span>{text}</span>
            ) : (
              <a className="hf-link" href={link} target="_blank" rel="noreferrer">
                {text}
              </a>
            )}
            <span>
              {format.weight(total, table.unit)}
              <span className="hf-muted">
                {` · ${messages.self} ${format.weight(self, table.unit)}`}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface LabelsProps {
  labels: readonly Facet[];
  unit: Unit;
}

function Labels({ labels, unit }: LabelsProps) {
  const { messages, format } = useAllSettings();
  return (
    <>
      {labels.some(({ weight }) => weight === undefined) && (
        <p className="hf-muted">{messages.labelsHint}</p>
      )}
      <dl className="hf-labels">
        {labels.map((label) => {
          const { on, key, valueCount, values } = label;
          const more = valueCount - Math.min(values.length, MOST_LISTED);
          return (
            <div key={`${on} ${key}`}>
              <dt>
                <bdi>{shortText(key, 200)}</bdi>
              </dt>
              {values.slice(0, MOST_LISTED).map((one) => (
                <dd key={one.value}>
                  <Bar share={shareOfLabel(one, label)} />
                  <bdi>{shortText(one.value, 200)}</bdi>
                  <span>
                    {one.weight === undefined
                      ? format.share(shareOfLabel(one, label))
                      : format.weight(one.weight, unit)}
                  </span>
                </dd>
              ))}
              {more > 0 && (
                <dd className="hf-muted">{messages.moreEntries(more, format.count(more))}</dd>
              )}
            </div>
          );
        })}
      </dl>
    </>
  );
}

/** Of the weight, where it is known, else of the rows. */
function shareOfLabel(one: FacetValue, label: Facet): number {
  return one.weight === undefined || label.weight === undefined
    ? shareOf(one.rows, label.rows)
    : shareOf(one.weight, label.weight);
}

function Bar({ share }: { share: number }) {
  return (
    <span className="hf-meter">
      <i style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  );
}

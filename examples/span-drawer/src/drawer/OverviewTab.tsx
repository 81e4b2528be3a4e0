import type { Attributes, Span } from '../data/spans.ts';
import { formatDateTime, formatDuration } from '../format.ts';

export function OverviewTab({ span }: { span: Span }) {
  return (
    <>
      <Section
        title="Span"
        attributes={{
          Service: span.service,
          Kind: span.kind,
          Start: formatDateTime(Number(span.startNano / 1_000_000n)),
          Duration: formatDuration(span.durationNano),
          Status: [span.status, span.statusMessage].filter(Boolean).join(': '),
        }}
      />
      {span.events.map((event, at) => (
        <Section
          key={at}
          title={`${event.name} ${sinceStart(Number(event.timeNano - span.startNano))}`}
          attributes={event.attributes}
        />
      ))}
      <Section title="Span attributes" attributes={span.attributes} />
      <Section title="Resource" attributes={span.resource} />
    </>
  );
}

/** An event is before the start where two clocks differ. */
function sinceStart(nanos: number): string {
  return nanos < 0
    ? `${formatDuration(-nanos)} before the start`
    : `after ${formatDuration(nanos)}`;
}

function Section({ title, attributes }: { title: string; attributes: Attributes }) {
  const entries = Object.entries(attributes).filter(([, value]) => value !== '');
  if (entries.length === 0) return null;
  return (
    <section className="section">
      <h3>{title}</h3>
      <dl className="attributes">
        {entries.map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

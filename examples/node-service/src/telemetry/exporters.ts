import { ROOT_CONTEXT, context } from '@opentelemetry/api';
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { OtlpSender, Signal } from './otlp-sender.ts';

/** OpenTelemetry's own serialisers, with a sender that can keep a copy of every payload. */
export function spanExporter(sender: OtlpSender): SpanExporter {
  return new Exporter<ReadableSpan>(sender, 'traces', (spans) =>
    ProtobufTraceSerializer.serializeRequest(spans),
  );
}

export function logRecordExporter(sender: OtlpSender): LogRecordExporter {
  return new Exporter<ReadableLogRecord>(sender, 'logs', (records) =>
    ProtobufLogsSerializer.serializeRequest(records),
  );
}

type ExportCallback = Parameters<SpanExporter['export']>[1];

class Exporter<T> {
  readonly #sender: OtlpSender;
  readonly #signal: Signal;
  readonly #serialise: (items: T[]) => Uint8Array | undefined;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(
    sender: OtlpSender,
    signal: Signal,
    serialise: (items: T[]) => Uint8Array | undefined,
  ) {
    this.#sender = sender;
    this.#signal = signal;
    this.#serialise = serialise;
  }

  export(items: T[], done: ExportCallback): void {
    // The batch timer was started inside some request. Exporting is not that request's work, and
    // the profiler must not count it there.
    context.with(ROOT_CONTEXT, () => {
      const sending = this.#send(items).then(
        () => done({ code: 0 }),
        (error: Error) => done({ code: 1, error }),
      );
      this.#inFlight.add(sending);
      void sending.finally(() => this.#inFlight.delete(sending));
    });
  }

  async forceFlush(): Promise<void> {
    await Promise.all(this.#inFlight);
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  async #send(items: T[]): Promise<void> {
    const payload = this.#serialise(items);
    if (payload !== undefined) await this.#sender.send(this.#signal, new Uint8Array(payload));
  }
}

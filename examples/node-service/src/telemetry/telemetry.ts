import { context, logs, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Config } from '../config.ts';
import { logRecordExporter, spanExporter } from './exporters.ts';
import { OtlpSender } from './otlp-sender.ts';
import { profilePayload } from './profile-payload.ts';
import { Profiler, type CollectedWindow } from './profiler.ts';
import { serviceResource } from './resource.ts';
import { ProfiledContextManager } from './span-context.ts';

export interface Telemetry {
  /** Sends what is still held back, and ends. */
  shutdown(): Promise<void>;
}

/**
 * Traces, logs and profiles of this process, all to one OTLP receiver.
 *
 * @param root the service's folder, that file paths in profiles are relative to
 */
export function startTelemetry(config: Config, root: string): Telemetry {
  const sender = new OtlpSender({
    endpoint: config.otlpEndpoint,
    captureDir: config.captureDir,
  });
  const attributes = serviceResource(config);
  const resource = resourceFromAttributes(attributes);
  const delay = { scheduledDelayMillis: 1000 };

  const profiler = new Profiler();
  profiler.start({
    intervalMicros: config.sampleIntervalMicros,
    windowSeconds: config.profileSeconds,
  });
  context.setGlobalContextManager(new ProfiledContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());

  const tracers = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: spanExporter(sender), ...delay })],
  });
  trace.setGlobalTracerProvider(tracers);
  const loggers = new LoggerProvider({
    resource,
    processors: [new BatchLogRecordProcessor({ exporter: logRecordExporter(sender), ...delay })],
  });
  logs.setGlobalLoggerProvider(loggers);

  const sending = new Set<Promise<void>>();
  const sendProfile = (window: CollectedWindow) => {
    const payload = profilePayload(window, attributes, root);
    if (payload === undefined) return;
    const sent = sender.sendOrWarn('profiles', payload);
    sending.add(sent);
    void sent.finally(() => sending.delete(sent));
  };
  const timer = setInterval(() => sendProfile(profiler.collect()), config.profileSeconds * 1000);

  return {
    async shutdown() {
      clearInterval(timer);
      sendProfile(profiler.stop());
      await Promise.all([tracers.shutdown(), loggers.shutdown(), ...sending]);
    },
  };
}

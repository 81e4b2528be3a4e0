import { logs, SeverityNumber, type Attributes } from '@opentelemetry/api';

/** Log records carry the trace and span that they were written in. */
export const log = {
  info: (body: string, attributes: Attributes = {}) =>
    write(SeverityNumber.INFO, 'INFO', body, attributes),
  warn: (body: string, attributes: Attributes = {}) =>
    write(SeverityNumber.WARN, 'WARN', body, attributes),
  error: (body: string, attributes: Attributes = {}) =>
    write(SeverityNumber.ERROR, 'ERROR', body, attributes),
};

function write(
  severityNumber: SeverityNumber,
  severityText: string,
  body: string,
  attributes: Attributes,
): void {
  logs.getLogger('shop').emit({ severityNumber, severityText, body, attributes });
}

import type { FunctionKey, OneOrMore, ProfileScope } from '@hyperflame/sdk';
import type { PageMessages } from '../messages/pageMessages.ts';

/**
 * What a question asks for, in words: `span 00f0…, service checkout`. For the reader of an empty
 * panel, who has to see at a glance whether it was the right thing that was looked for.
 */
export function describeScope(
  scope: ProfileScope,
  messages: PageMessages,
  locale: string | undefined,
): string {
  const parts: string[] = [];
  const { traceId, spanId, service, workload, resource = {}, attributes = [], timeRange } = scope;
  if (spanId) parts.push(messages.span(spanId));
  if (traceId) parts.push(messages.trace(traceId));
  if (service !== undefined) parts.push(messages.service(listed(service)));
  if (workload !== undefined) parts.push(messages.attribute('workload', listed(workload)));
  for (const [key, value] of Object.entries(resource)) {
    if (value !== undefined) parts.push(messages.attribute(key, listed(value)));
  }
  for (const { key, value, exclude } of attributes) {
    const say = exclude ? messages.attributeIsNot : messages.attribute;
    parts.push(say(key, listed(value)));
  }
  if (scope.under?.length) parts.push(messages.under(scope.under.map(nameOf).join(' › ')));
  if (scope.containing) parts.push(messages.containing(nameOf(scope.containing)));
  if (scope.profileType) parts.push(messages.ofProfileType(scope.profileType));
  if (timeRange) {
    const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    // One that is none is the question's to complain about.
    const say = (time: Date): string => (Number.isNaN(time.getTime()) ? '?' : dates.format(time));
    parts.push(messages.timeRange(say(timeRange.from), say(timeRange.to)));
  }
  return parts.length === 0 ? messages.everything : parts.join(', ');
}

function nameOf({ name, mapping = '' }: FunctionKey): string {
  return name || mapping;
}

function listed(value: OneOrMore): string {
  return typeof value === 'string' ? value : value.join(' | ');
}

import { CallTreeError } from '../model/errors.ts';

/** Reading values out of files that anybody may have written: each guard names the place it fails at. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function malformed(field: string, reason: string, cause?: unknown): CallTreeError {
  return new CallTreeError('invalid-format', `${field}: ${reason}`, { field, cause });
}

export function asObject(value: unknown, field: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed(field, 'not an object');
  }
  return value as JsonObject;
}

export function asArray(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(field, 'not a list');
  return value;
}

export function asNumber(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw malformed(field, 'not a finite number');
  }
  return value;
}

/** A whole number from 0 up to, but not including, `end`. */
export function asIndex(value: unknown, end: number, field: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= end) {
    throw malformed(field, `not a whole number below ${end}`);
  }
  return value;
}

/**
 * What a number, or a text of one, stands for. Lists and objects stand for none: `Number` throws for an object
 * of a file that has something of its own under the name `toString`.
 */
export function toNumber(value: unknown): number {
  return typeof value === 'object' && value !== null ? NaN : Number(value);
}

/** Text, or the empty text where there is none. */
export function asText(value: unknown, field: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw malformed(field, 'not a text');
  return value;
}

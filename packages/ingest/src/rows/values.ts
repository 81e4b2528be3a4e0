const NANOS_PER_SECOND = 1_000_000_000n;

/**
 * Nanoseconds since 1970 as a `DateTime64(9)` in a form that no server time zone changes:
 * `1788220800123456789n` → `'1788220800.123456789'`. From 2⁶³ on it is a time before 1970, as the
 * Collector's exporter takes it: `2n ** 63n` → `'-9223372036.854775808'`.
 */
export function dateTime64(unixNano: bigint): string {
  const signed = BigInt.asIntN(64, unixNano);
  const nanos = signed < 0n ? -signed : signed;
  const seconds = `${signed < 0n ? '-' : ''}${nanos / NANOS_PER_SECOND}`;
  return `${seconds}.${String(nanos % NANOS_PER_SECOND).padStart(9, '0')}`;
}

/** An id in lower-case hex; empty when it is absent or all zero, which is "no id". */
export function hexId(id: Uint8Array): string {
  return id.every((byte) => byte === 0) ? '' : Buffer.from(id).toString('hex');
}

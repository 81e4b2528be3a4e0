import { CallTreeError } from '../model/errors.ts';
import type { StackTable } from '../model/stacks.ts';
import { validateStacks } from '../tree/validate-stacks.ts';
import { asArray, asIndex, asNumber, asObject, asText, malformed } from './guards.ts';
import { parseJson } from './parse-json.ts';

const FORMAT = 'hyperflame-stacks';

/**
 * Versions of the format:
 *
 * 1. `unit`, `otherWeight`, `otherCount`; `strings`; `frames` and `stacks` as lists of columns.
 *    Addresses are hexadecimal texts, for they may not fit into a JSON number. `labels`, where there
 *    are any, as lists of values and a position in them for each stack; `otherByLabels` where it is
 *    known which labels have what is left out; `samplingRate` where figures are estimated.
 */
const VERSION = 1;

/** Writes a stack table as JSON with nothing lost. */
export function jsonFromStackTable(stacks: StackTable): string {
  const { frames } = stacks;
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    unit: stacks.unit,
    otherWeight: stacks.otherWeight,
    otherCount: stacks.otherCount,
    samplingRate: stacks.samplingRate,
    strings: frames.strings,
    frames: {
      name: [...frames.name],
      file: [...frames.file],
      mapping: [...frames.mapping],
      line: [...frames.line],
      kind: [...frames.kind],
      address: Array.from(frames.address, (address) => address.toString(16)),
    },
    stacks: {
      offset: [...stacks.stackOffset],
      frame: [...stacks.frameIndex],
      weight: [...stacks.weight],
      count: [...stacks.count],
    },
    labels: stacks.labels?.map(({ key, values, value }) => ({ key, values, value: [...value] })),
    otherByLabels: stacks.otherByLabels,
  });
}

/** Whether a value out of JSON is what {@link jsonFromStackTable} writes. */
export function isStackTableJson(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'format' in value && value.format === FORMAT
  );
}

/** Reads what {@link jsonFromStackTable} wrote. Throws `invalid-format`, naming the place. */
export function stackTableFromJson(file: string | object): StackTable {
  const root = asObject(typeof file === 'string' ? parseJson(file) : file, 'file');
  if (root.format !== FORMAT) throw malformed('format', `not ${FORMAT}`);
  if (root.version !== VERSION) throw malformed('version', `only ${VERSION} can be read`);
  const frames = asObject(root.frames, 'frames');
  const stacks = asObject(root.stacks, 'stacks');
  const indices = (value: unknown, field: string) =>
    Uint32Array.from(asArray(value, field), (item, i) => asIndex(item, 2 ** 32, `${field}[${i}]`));
  const numbers = (value: unknown, field: string) =>
    Float64Array.from(asArray(value, field), (item, i) => asNumber(item, `${field}[${i}]`));

  // A text that is there twice would make two frames of one.
  const strings = asArray(root.strings, 'strings').map((text, i) => asText(text, `strings[${i}]`));
  const firstOf = new Map(strings.map((text, i) => [text, i]).reverse() as [string, number][]);
  const texts = (value: unknown, field: string) =>
    indices(value, field).map((index) => firstOf.get(strings[index]) ?? index);
  const name = texts(frames.name, 'frames.name');
  const table: StackTable = {
    frames: {
      length: name.length,
      strings,
      name,
      file: texts(frames.file, 'frames.file'),
      mapping: texts(frames.mapping, 'frames.mapping'),
      line: indices(frames.line, 'frames.line'),
      kind: Uint8Array.from(asArray(frames.kind, 'frames.kind'), (item, i) =>
        asIndex(item, 2 ** 8, `frames.kind[${i}]`),
      ),
      address: BigUint64Array.from(
        asArray(frames.address, 'frames.address').map((text, i) =>
          asAddress(text, `frames.address[${i}]`),
        ),
      ),
    },
    stackOffset: indices(stacks.offset, 'stacks.offset'),
    frameIndex: indices(stacks.frame, 'stacks.frame'),
    weight: numbers(stacks.weight, 'stacks.weight'),
    count: numbers(stacks.count, 'stacks.count'),
    unit: asText(root.unit, 'unit'),
    otherWeight: asNumber(root.otherWeight, 'otherWeight'),
    otherCount: asNumber(root.otherCount, 'otherCount'),
    ...(root.samplingRate !== undefined && {
      samplingRate: asNumber(root.samplingRate, 'samplingRate'),
    }),
    ...(root.labels !== undefined && {
      labels: asArray(root.labels, 'labels').map((item, i) => {
        const label = asObject(item, `labels[${i}]`);
        const texts = asArray(label.values, `labels[${i}].values`);
        return {
          key: asText(label.key, `labels[${i}].key`),
          values: texts.map((text, at) => asText(text, `labels[${i}].values[${at}]`)),
          value: indices(label.value, `labels[${i}].value`),
        };
      }),
    }),
    ...(root.otherByLabels !== undefined && {
      otherByLabels: asArray(root.otherByLabels, 'otherByLabels').map((item, i) => {
        const place = `otherByLabels[${i}]`;
        const part = asObject(item, place);
        const labels = Object.entries(asObject(part.labels, `${place}.labels`));
        return {
          labels: Object.fromEntries(
            labels.map(([key, text]) => [key, asText(text, `${place}.labels.${key}`)]),
          ),
          weight: asNumber(part.weight, `${place}.weight`),
          count: asNumber(part.count, `${place}.count`),
        };
      }),
    }),
  };
  try {
    validateStacks(table);
  } catch (cause) {
    if (!(cause instanceof CallTreeError)) throw cause;
    throw new CallTreeError('invalid-format', cause.message, { field: cause.field, cause });
  }
  checkSum(table.weight, table.otherWeight, 'stacks.weight');
  checkSum(table.count, table.otherCount, 'stacks.count');
  return table;
}

/** Without their signs: no node of a tree has more than all of them. */
function checkSum(column: Float64Array, other: number, field: string): void {
  const sum = column.reduce((all, one) => all + Math.abs(one), Math.abs(other));
  if (!Number.isFinite(sum)) throw malformed(field, 'not finite in all');
}

function asAddress(value: unknown, field: string): bigint {
  if (typeof value !== 'string' || !/^[0-9a-f]{1,16}$/.test(value)) {
    throw malformed(field, 'not a hexadecimal address of 64 bits');
  }
  return BigInt(`0x${value}`);
}

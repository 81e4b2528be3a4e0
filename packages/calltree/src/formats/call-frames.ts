import type { FrameInput } from '../build/frame-table-builder.ts';
import { asObject, asText, type JsonObject } from './guards.ts';
import { Places } from './places.ts';

/**
 * The frames of nodes as V8 describes them, in order. Its lines and columns count from 0 on; what is
 * in no file has -1. Throws `invalid-format`, naming the place in the list of that name.
 * Source: https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-CallFrame
 */
export function framesOfV8(nodes: readonly JsonObject[], list: string): FrameInput[] {
  const places = new Places();
  const frames = nodes.map((node, i) => {
    const place = `${list}[${i}].callFrame`;
    const frame = asObject(node.callFrame, place);
    const read = {
      name: asText(frame.functionName, `${place}.functionName`) || '(anonymous)',
      file: asText(frame.url, `${place}.url`),
      line: fromOne(frame.lineNumber),
      column: fromOne(frame.columnNumber),
    };
    if (read.line > 0) places.add(read);
    return read;
  });
  return frames.map((frame) => ({
    name: frame.line > 0 ? places.nameOf(frame) : frame.name,
    file: frame.file,
    line: frame.line,
    kind: 'v8js',
  }));
}

function fromOne(fromZero: unknown): number {
  return typeof fromZero === 'number' ? fromZero + 1 : 0;
}

import type { FunctionKey, ProfileScope } from '../questions/scope.ts';
import type { Parameters } from './parameters.ts';
import type { QuotedTables } from './tables.ts';

/**
 * What must hold for the stacks in scope, as a condition on `StackId`; none when any stack will do.
 *
 * A function has many frames, one for each line. So each function becomes the list of its frames,
 * and a stack is looked at from its end: frames are stored leaf first.
 *
 *     under main → handle       FrameIds[-1] is one of main's frames, FrameIds[-2] one of handle's
 *     containing handle         any of FrameIds is one of handle's
 */
export function stackConditions(
  { under = [], containing }: ProfileScope,
  parameters: Parameters,
  { stacks, frames }: QuotedTables,
): { withs: string[]; conditions: string[] } {
  const withs: string[] = [];
  const ofStack: string[] = [];
  const framesOf = (name: string, key: FunctionKey) => {
    withs.push(
      `(SELECT groupUniqArray(FrameId) FROM ${frames} WHERE ${isFunction(name, key, parameters)}) AS ${name}`,
    );
    return name;
  };
  under.forEach((key, i) => {
    ofStack.push(`has(${framesOf(`under${i + 1}`, key)}, FrameIds[-${i + 1}])`);
  });
  if (under.length > 0) ofStack.unshift(`length(FrameIds) >= ${under.length}`);
  if (containing !== undefined) {
    ofStack.push(`hasAny(FrameIds, ${framesOf('contained', containing)})`);
  }
  if (ofStack.length === 0) return { withs, conditions: [] };
  return {
    withs,
    conditions: [`StackId IN (SELECT StackId FROM ${stacks} WHERE ${ofStack.join(' AND ')})`],
  };
}

function isFunction(
  name: string,
  { name: functionName, file = '', mapping = '', address = 0n }: FunctionKey,
  parameters: Parameters,
): string {
  const text = (part: string, value: string) => parameters.bind(`${name}${part}`, 'String', value);
  const known = [
    `FunctionName = ${text('Name', functionName)}`,
    `MappingName = ${text('Mapping', mapping)}`,
  ];
  return [
    ...known,
    functionName === ''
      ? `Address = ${parameters.bind(`${name}Address`, 'UInt64', String(address))}`
      : `FileName = ${text('File', file)}`,
  ].join(' AND ');
}

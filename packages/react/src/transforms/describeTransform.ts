import { baseName, LIBRARY_CODE, type FrameFilter, type Transform } from '@hyperflame/calltree';
import { shortText } from '../format/displayText.ts';
import { keyName } from '../frames/keyName.ts';
import type { Messages } from '../messages/messages.ts';

/** What a transform did, in a few words: an entry of the chain. */
export function describeTransform(transform: Transform, messages: Messages): string {
  const { transformed: say } = messages;
  switch (transform.type) {
    case 'focus-subtree':
      return say.focusSubtree(pathName(transform.path, messages));
    case 'merge-node':
      return say.mergeNode(pathName(transform.path, messages));
    case 'focus-function':
      return say.focusFunction(keyName(transform.frame, messages));
    case 'focus-self':
      return say.focusSelf(keyName(transform.frame, messages));
    case 'drop-function':
      return say.drop(keyName(transform.frame, messages));
    case 'merge-function':
      return say.merge(keyName(transform.frame, messages));
    case 'collapse-subtree':
      return say.collapseSubtree(keyName(transform.frame, messages));
    case 'collapse-recursion':
      return say.collapseRecursion(keyName(transform.frame, messages));
    case 'collapse-direct-recursion':
      return transform.frame === undefined
        ? say.collapseAllRecursion
        : say.collapseDirectRecursion(keyName(transform.frame, messages));
    case 'focus-kind':
      return say.focus(messages.kinds[transform.kind]);
    case 'drop-kind':
      return say.drop(messages.kinds[transform.kind]);
    case 'hide-frames':
      return isLibraryCode(transform.frames)
        ? messages.onlyMyCode
        : say.hide(filterName(transform.frames, messages));
    case 'keep-frames':
      return say.keep(filterName(transform.frames, messages));
    case 'collapse-property':
      return say.collapse(shortText(baseName(transform.value), 200));
    case 'focus-label':
      return say.focus(shortText(`${transform.label} = ${transform.value}`, 200));
    case 'drop-label':
      return say.drop(shortText(`${transform.label} = ${transform.value}`, 200));
    case 'group-by-label':
      return say.groupBy(labelName(transform.label, messages));
    case 'group-by':
      return say.groupedBy[transform.by];
  }
}

/** A label as people say it: `thread` for `thread.name`. */
export function labelName(label: string, { labelNames }: Messages): string {
  return Object.hasOwn(labelNames, label) ? labelNames[label] : shortText(label, 200);
}

function pathName(path: readonly string[], messages: Messages): string {
  const last = path.at(-1);
  return last === undefined ? messages.allSamples : keyName(last, messages);
}

function isLibraryCode(filter: FrameFilter): boolean {
  return JSON.stringify(filter) === JSON.stringify(LIBRARY_CODE);
}

function filterName({ query, kinds = [] }: FrameFilter, messages: Messages): string {
  const patterns = query === undefined ? [] : Array.isArray(query) ? query : [query];
  const texts = patterns.map((one) => (typeof one === 'string' ? one : one.pattern));
  return shortText([...texts, ...kinds.map((kind) => messages.kinds[kind])].join(', '), 200);
}

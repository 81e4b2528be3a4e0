import { frameLabel, OTHER_KIND } from '../frames/label.ts';
import type { FrameTable } from '../model/frames.ts';
import { compileQuery, type SearchField, type SearchQuery, type TextMatcher } from './query.ts';

/** 1 for each frame that the query matches, 0 for the others. Throws `invalid-pattern`. */
export function searchFrames(frames: FrameTable, query: SearchQuery): Uint8Array {
  const found = new Uint8Array(frames.length);
  for (const matcher of compileQuery(query)) {
    const inText = textSearch(frames.strings, matcher);
    for (const field of matcher.fields) markFrames(frames, field, matcher, inText, found);
  }
  return found;
}

function markFrames(
  frames: FrameTable,
  field: SearchField,
  matcher: TextMatcher,
  inText: (string: number) => boolean,
  found: Uint8Array,
): void {
  const column = frames[field];
  for (let frame = 0; frame < frames.length; frame++) {
    if (found[frame] === 1 || frames.kind[frame] === OTHER_KIND) continue;
    const text = column[frame];
    if (text !== 0) {
      if (inText(text)) found[frame] = 1;
    } else if (field === 'name' && matcher.matches(frameLabel(frames, frame))) {
      found[frame] = 1;
    }
  }
}

/** Tries the matcher on each text of the table at most once: many frames share a name or a file. */
function textSearch(strings: readonly string[], matcher: TextMatcher) {
  const UNTRIED = 2;
  const answers = new Uint8Array(strings.length).fill(UNTRIED);
  return (string: number): boolean => {
    if (answers[string] === UNTRIED) answers[string] = matcher.matches(strings[string]) ? 1 : 0;
    return answers[string] === 1;
  };
}

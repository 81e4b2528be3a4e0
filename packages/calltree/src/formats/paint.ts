import { ROOT_FRAME, type CallTree, type NodeIndex } from '../model/tree.ts';
import { frameProperty } from '../transforms/frame-property.ts';

/** Colours of a rectangle and of the text on it, as CSS writes them. */
export interface Paint {
  readonly fill: string;
  readonly text: string;
  /** What they say, such as `▲`, for those who cannot tell it from colours: after names that leave room. */
  readonly sign?: string;
}

/** What a colour stands for, where it stands for more than a module. */
export interface LegendEntry extends Omit<Paint, 'sign'> {
  readonly label: string;
}

const TEXT = '#1b1d22';

/**
 * Okabe and Ito's colours, which every kind of colour vision tells apart, mixed with white so that
 * dark text can be read on them.
 * Source: https://jfly.uni-koeln.de/color/
 */
const FILLS = ['#f2cf80', '#abdaf4', '#80cfb9', '#f8f2a1', '#80b9d9', '#eaaf80', '#e6bcd3'];
const NEUTRAL = '#dcdee3';

/** A colour for each module (binary, or file), the same one in every profile. */
export function paintByModule(tree: CallTree): (node: NodeIndex) => Paint {
  const fills = new Map<number, string>();
  return (node) => {
    const frame = tree.frame[node];
    let fill = fills.get(frame);
    if (fill === undefined) {
      fill =
        frame === ROOT_FRAME || frame >= tree.frames.length ? NEUTRAL : moduleFill(tree, frame);
      fills.set(frame, fill);
    }
    return { fill, text: TEXT };
  };
}

function moduleFill({ frames }: CallTree, frame: number): string {
  const name = frameProperty(frames, frame, 'module') || frames.strings[frames.name[frame]];
  if (name === '') return NEUTRAL;
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return FILLS[(hash >>> 0) % FILLS.length];
}

import {
  COLOR_MODES,
  DEFAULT_FLAME_STATE,
  DIFF_FORMS,
  LINKAGES,
  ORIENTATIONS,
  type FlameState,
  type FramePath,
} from './flameState.ts';

/** Number of the format below. A text that starts with another one is not read. */
const VERSION = '1';

/**
 * What version 1 writes, as JSON in base64url after `1.`. Fields at their defaults are left out,
 * and each frame is written once, which keeps links to deep, recursive stacks short:
 *
 *     focus    ['main', 'walk', 'walk', 'walk']
 *     frames   ['main', 'walk']
 *     focus    [0, 1, 1, 1]
 */
interface Version1 {
  frames?: string[];
  focus?: number[];
  selected?: number[];
  search?: string;
  orientation?: string;
  colorBy?: string;
  diffForm?: string;
  profileType?: string;
  linkage?: string;
}

const PLAIN_FIELDS = [
  'search',
  'orientation',
  'colorBy',
  'diffForm',
  'profileType',
  'linkage',
] as const;

/**
 * A state as a text that is safe in a URL without further escaping: letters, digits, `-`, `_`, `.`.
 * The state that every view starts with encodes to `''`, so a link can leave it out.
 */
export function encodeFlameState(state: FlameState): string {
  const record: Version1 = {};
  const frames = new Map<string, number>();
  const indexed = (path: FramePath): number[] =>
    path.map((key) => {
      const known = frames.get(key);
      if (known !== undefined) return known;
      frames.set(key, frames.size);
      return frames.size - 1;
    });
  if (state.focus.length > 0) record.focus = indexed(state.focus);
  if (state.selected.length > 0) record.selected = indexed(state.selected);
  if (frames.size > 0) record.frames = [...frames.keys()];
  for (const field of PLAIN_FIELDS) {
    if (state[field] !== DEFAULT_FLAME_STATE[field]) record[field] = state[field];
  }
  const isDefault = Object.keys(record).length === 0;
  return isDefault ? '' : `${VERSION}.${toBase64Url(JSON.stringify(record))}`;
}

/**
 * The state that {@link encodeFlameState} wrote. Parts that make no sense fall back to their
 * defaults, so a damaged or hand-edited link still opens.
 *
 * @returns `null` for a text of another version or of another origin
 */
export function decodeFlameState(text: string): FlameState | null {
  if (text === '') return DEFAULT_FLAME_STATE;
  const [version, payload] = splitOnce(text, '.');
  if (version !== VERSION) return null;
  let record: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(fromBase64Url(payload));
    if (typeof parsed !== 'object' || parsed === null) return null;
    record = parsed as Record<string, unknown>;
  } catch {
    return null;
  }
  const frames = Array.isArray(record.frames) ? record.frames : [];
  return {
    focus: readPath(record.focus, frames),
    selected: readPath(record.selected, frames),
    search: typeof record.search === 'string' ? record.search : DEFAULT_FLAME_STATE.search,
    orientation: oneOf(ORIENTATIONS, record.orientation, DEFAULT_FLAME_STATE.orientation),
    colorBy: oneOf(COLOR_MODES, record.colorBy, DEFAULT_FLAME_STATE.colorBy),
    diffForm: oneOf(DIFF_FORMS, record.diffForm, DEFAULT_FLAME_STATE.diffForm),
    profileType:
      typeof record.profileType === 'string' ? record.profileType : DEFAULT_FLAME_STATE.profileType,
    linkage: oneOf(LINKAGES, record.linkage, DEFAULT_FLAME_STATE.linkage),
  };
}

/** The path up to the first entry that does not make sense: what is above it is still right. */
function readPath(value: unknown, frames: readonly unknown[]): FramePath {
  if (!Array.isArray(value)) return [];
  const path: string[] = [];
  for (const index of value) {
    const key = typeof index === 'number' ? frames[index] : undefined;
    if (typeof key !== 'string') break;
    path.push(key);
  }
  return path;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

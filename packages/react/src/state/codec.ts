import { parseTransforms, type Transform } from '@hyperflame/calltree';
import {
  COLOR_MODES,
  DEFAULT_FLAME_STATE,
  DIFF_FORMS,
  LINKAGES,
  ORIENTATIONS,
  PLAIN_FIELDS,
  VIEWS,
  type FlameState,
  type FramePath,
  type TimeWindow,
} from './flameState.ts';

/** Number of the format below. The earlier ones, which had fewer fields, are read as well. */
const VERSION = '3';
const READABLE = ['1', '2', VERSION];

const PATHS = ['focus', 'selected', 'area', 'under'] as const;

/**
 * What is written, as JSON in base64url after `3.`. Fields at their defaults are left out, and each
 * frame of a path is written once, which keeps links to deep, recursive stacks short:
 *
 *     focus    ['main', 'walk', 'walk', 'walk']
 *     frames   ['main', 'walk']
 *     focus    [0, 1, 1, 1]
 */
interface Version3
  extends
    Partial<Pick<FlameState, (typeof PLAIN_FIELDS)[number]>>,
    Partial<Record<(typeof PATHS)[number], number[]>> {
  frames?: string[];
  transforms?: FlameState['transforms'];
  timeWindow?: readonly [from: number, to: number, profileType?: string];
}

/**
 * A state as a text that is safe in a URL without further escaping: letters, digits, `-`, `_`, `.`.
 * The state that every view starts with encodes to `''`, so a link can leave it out.
 */
export function encodeFlameState(state: FlameState): string {
  const plain = PLAIN_FIELDS.filter((field) => state[field] !== DEFAULT_FLAME_STATE[field]);
  const record: Version3 = Object.fromEntries(plain.map((field) => [field, state[field]]));
  const frames = new Map<string, number>();
  const indexed = (path: FramePath): number[] =>
    path.map((key) => {
      const known = frames.get(key);
      if (known !== undefined) return known;
      frames.set(key, frames.size);
      return frames.size - 1;
    });
  for (const field of PATHS) {
    if (state[field].length > 0) record[field] = indexed(state[field]);
  }
  if (frames.size > 0) record.frames = [...frames.keys()];
  if (state.transforms.length > 0) record.transforms = state.transforms;
  if (state.timeWindow) {
    const { from, to, profileType } = state.timeWindow;
    record.timeWindow = profileType ? [from, to, profileType] : [from, to];
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
export function decodeFlameState(encoded: string): FlameState | null {
  if (encoded === '') return DEFAULT_FLAME_STATE;
  const [version, payload] = splitOnce(encoded, '.');
  if (!READABLE.includes(version)) return null;
  let record: Record<string, unknown>;
  try {
    const parsed: unknown = JSON.parse(fromBase64Url(payload));
    if (typeof parsed !== 'object' || parsed === null) return null;
    record = parsed as Record<string, unknown>;
  } catch {
    return null;
  }
  const frames = Array.isArray(record.frames) ? record.frames : [];
  const text = (field: 'pivot' | 'search' | 'profileType'): string => {
    const value = record[field];
    return typeof value === 'string' ? value : DEFAULT_FLAME_STATE[field];
  };
  return {
    view: oneOf(VIEWS, record.view, DEFAULT_FLAME_STATE.view),
    focus: readPath(record.focus, frames),
    selected: readPath(record.selected, frames),
    pivot: text('pivot'),
    area: readPath(record.area, frames),
    under: readPath(record.under, frames),
    transforms: readTransforms(record.transforms),
    inverted: record.inverted === true,
    search: text('search'),
    orientation: oneOf(ORIENTATIONS, record.orientation, DEFAULT_FLAME_STATE.orientation),
    colorBy: oneOf(COLOR_MODES, record.colorBy, DEFAULT_FLAME_STATE.colorBy),
    diffForm: oneOf(DIFF_FORMS, record.diffForm, DEFAULT_FLAME_STATE.diffForm),
    profileType: text('profileType'),
    linkage: oneOf(LINKAGES, record.linkage, DEFAULT_FLAME_STATE.linkage),
    timeWindow: readWindow(record.timeWindow),
  };
}

/** All of them or none: each is about what the ones before it have left. */
function readTransforms(value: unknown): readonly Transform[] {
  try {
    return value === undefined ? [] : parseTransforms(value);
  } catch {
    return [];
  }
}

function readWindow(value: unknown): TimeWindow | null {
  if (!Array.isArray(value)) return null;
  const [from, to, profileType] = value as unknown[];
  if (!isTime(from) || !isTime(to) || from >= to) return null;
  return typeof profileType === 'string' ? { from, to, profileType } : { from, to };
}

/** Milliseconds of which there can be a `Date`. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(new Date(value).getTime());
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

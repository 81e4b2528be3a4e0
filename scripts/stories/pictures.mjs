// Pictures of stories on this machine, compared with earlier ones of the same machine: fonts and
// smoothing differ between machines, so none are part of the repository.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A channel that differs by less is smoothing. */
const VISIBLE = 24;

/**
 * @param {import('playwright').Page} page any page: browsers can read pictures
 * @param {Buffer} one
 * @param {Buffer} other
 * @returns {Promise<string | undefined>} how they differ
 */
export async function difference(page, one, other) {
  if (one.equals(other)) return undefined;
  return page.evaluate(
    async ([first, second, visible]) => {
      const pixelsOf = async (/** @type {string} */ png) => {
        const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const { width, height } = bitmap;
        const context = new OffscreenCanvas(width, height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        return { width, height, data: context?.getImageData(0, 0, width, height).data ?? [] };
      };
      const [a, b] = [await pixelsOf(String(first)), await pixelsOf(String(second))];
      if (a.width !== b.width || a.height !== b.height) {
        return `${a.width} × ${a.height} became ${b.width} × ${b.height}`;
      }
      let changed = 0;
      let where = '';
      for (let i = 0; i < a.data.length; i += 4) {
        const far = [0, 1, 2].some(
          (c) => Math.abs(a.data[i + c] - b.data[i + c]) >= Number(visible),
        );
        if (far && changed++ === 0) {
          where = `${(i / 4) % a.width}, ${Math.floor(i / 4 / a.width)}`;
        }
      }
      return changed === 0 ? undefined : `${changed} pixels differ, the first at ${where}`;
    },
    /** @type {const} */ ([one.toString('base64'), other.toString('base64'), VISIBLE]),
  );
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {Buffer} picture
 */
export function keepPicture(folder, name, picture) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.png`), picture);
}

/**
 * @param {string} folder
 * @param {string} name
 */
export function keptPicture(folder, name) {
  const file = join(folder, `${name}.png`);
  return existsSync(file) ? readFileSync(file) : undefined;
}

import { EXTENSIONS } from './extensions.ts';
import type { ExportFormat } from './formats.ts';

const LONGEST = 80;

/** Names that Windows keeps for devices, whatever comes after a dot. */
const DEVICES = /^(con|prn|aux|nul|(com|lpt)[\d¹²³])(?=\.|$)/i;

/**
 * A name that every file system takes, and that no shell or browser reads as anything but a name:
 *
 *     'GET /cart, span 4f2a', svg    →  'GET-cart-span-4f2a.svg'
 *     '../../etc/passwd', folded     →  'etc-passwd.folded.txt'
 *     '', pprof                      →  'profile.pb.gz'
 */
export function fileName(name: string, format: ExportFormat): string {
  const plain = name
    .slice(0, LONGEST * 4)
    .replace(/[^\p{L}\p{N}_.]+/gu, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, LONGEST)
    // A dot in front hides a file, one at the end is lost on Windows.
    .replace(/^[-.]+|[-.]+$|\p{Surrogate}$/gu, '');
  const base = plain === '' || DEVICES.test(plain) ? `profile${plain && `-${plain}`}` : plain;
  return base + EXTENSIONS[format];
}

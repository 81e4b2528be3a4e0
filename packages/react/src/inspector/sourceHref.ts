/** Schemes that run a script or show a page of the link's own making. */
const UNSAFE = /^(?:javascript|data|vbscript|blob):/i;

/**
 * A link to source as it can be put on a page; `undefined` for one that would do anything other
 * than go somewhere. Hosts build links out of file names, and those are whatever a profiler sent.
 */
export function sourceHref(link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  // Browsers skip control characters and spaces when they look for the scheme.
  const looked = link.replace(/[\u0000-\u0020]/g, '');
  return looked === '' || UNSAFE.test(looked) ? undefined : link;
}

/** The window's answer to a media query; `undefined` on servers and in DOMs without layout. */
export function mediaQuery(query: string): MediaQueryList | undefined {
  return typeof window === 'undefined' ? undefined : window.matchMedia?.(query);
}

export function mediaMatches(query: string): boolean {
  return mediaQuery(query)?.matches ?? false;
}

/** Text as it is seen: without marks of direction, and all spaces alike. */
export function plain(text: string | null): string {
  return (text ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A figure for where text is all there is, such as the clipboard: without marks of direction. */
export function plainFigure(figure: string): string {
  return figure.replace(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' ');
}

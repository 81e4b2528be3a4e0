/** How long a browser may take to begin with a download: not known, but no longer than this. */
const PATIENCE_MS = 60_000;

/** Hands a file to the browser to be kept where the person keeps downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), PATIENCE_MS);
}

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // On a page that is not secure (http on an intranet) there is only the old way.
    const write = (event: ClipboardEvent): void => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    document.addEventListener('copy', write, { capture: true });
    document.execCommand('copy');
    document.removeEventListener('copy', write, { capture: true });
  }
}

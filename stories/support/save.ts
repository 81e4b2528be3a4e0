import { expect, userEvent, waitFor, type within } from 'storybook/test';

type Canvas = ReturnType<typeof within>;

interface Saved {
  readonly name: string;
  readonly content: Blob;
}

/** Chooses from the menu and catches the file on its way to the browser's downloads. */
export async function save(canvas: Canvas, label: string): Promise<Saved> {
  const createUrl = URL.createObjectURL;
  let saved: Saved | undefined;
  let content: Blob | undefined;
  URL.createObjectURL = (blob) => {
    if (blob instanceof Blob) content = blob;
    return createUrl.call(URL, blob);
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (content) saved = { name: this.download, content };
  };
  try {
    await userEvent.click(canvas.getByRole('button', { name: 'Save as' }));
    await userEvent.click(await canvas.findByRole('menuitem', { name: label }));
    // A worker has to start first.
    await waitFor(() => expect(saved).toBeDefined(), { timeout: 20_000 });
    return saved!;
  } finally {
    URL.createObjectURL = createUrl;
    HTMLAnchorElement.prototype.click = click;
  }
}

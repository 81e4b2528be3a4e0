/** Gives the keyboard's focus to the row of a twin that the cursor is at. */
export function focusTwin(around: HTMLElement | null): void {
  around?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus({ preventScroll: true });
}

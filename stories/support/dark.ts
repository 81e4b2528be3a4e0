/** The same story on a dark page. */
export function dark<Story extends object>(story: Story): Story & { globals: { theme: string } } {
  return { ...story, globals: { theme: 'dark' } };
}

/** The same story as narrow as HyperDX's span details. */
export function narrow<Story extends object>(story: Story): Story & { globals: { width: string } } {
  return { ...story, globals: { width: '300px' } };
}

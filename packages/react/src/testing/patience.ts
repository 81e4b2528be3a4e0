// Code that comes later, and a machine with other work to do, take longer than the second that is
// waited for if nothing is said.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: 20_000 });
}

export {};

import { useEffect, useState } from 'react';

export type ColorScheme = 'light' | 'dark';

const KEY = 'color-scheme';

/** As HyperDX does it: an attribute on `<html>` that every style sheet on the page follows. */
export function useColorScheme(): [ColorScheme, (scheme: ColorScheme) => void] {
  const [scheme, setScheme] = useState<ColorScheme>(() => {
    const stored = localStorage.getItem(KEY);
    if (stored === 'light' || stored === 'dark') return stored;
    return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
  });
  useEffect(() => {
    document.documentElement.dataset['mantineColorScheme'] = scheme;
    document.documentElement.style.colorScheme = scheme;
    localStorage.setItem(KEY, scheme);
  }, [scheme]);
  return [scheme, setScheme];
}

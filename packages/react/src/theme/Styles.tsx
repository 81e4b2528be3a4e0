import { useSettings } from './settings.ts';

/**
 * Rules of a part, which come with it. As in the style sheet of the root, every selector starts at the
 * root's attribute; and where two have the same specificity, they have to be in the same part: which of
 * two parts comes first on a page is not known.
 */
export function Styles({ of }: { of: string }) {
  const { styleNonce } = useSettings();
  return <style nonce={styleNonce}>{of}</style>;
}

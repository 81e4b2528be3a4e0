import type { ReactNode } from 'react';

/**
 * Line icons of 16 × 16, in the colour of the text; what they mean is said by a label elsewhere. Here are
 * those that a page begins with: others stand where they are drawn.
 */
export function icon(size: number, shape: ReactNode) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {shape}
    </svg>
  );
}

export const SearchIcon = () =>
  icon(
    14,
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.5 10.5 3.5 3.5" />
    </>,
  );
export const ClearIcon = () => icon(12, <path d="m4 4 8 8m0-8-8 8" />);
export const UpIcon = () => icon(14, <path d="m4 10 4-4 4 4" />);
export const DownIcon = () => icon(14, <path d="m4 6 4 4 4-4" />);
export const ChevronIcon = () => icon(10, <path d="m6 3 5 5-5 5" />);
export const IcicleIcon = () => icon(14, <path d="M2 3h12M2 6.5h9M2 10h5M2 13.5h2.5" />);
export const FlameIcon = () => icon(14, <path d="M2 13h12M2 9.5h9M2 6h5M2 2.5h2.5" />);
export const ErrorIcon = () =>
  icon(28, <path strokeWidth="1" d="M8 2 1.5 13.5h13L8 2Zm0 4.5v3.2m0 1.8v.1" />);
export const SaveIcon = () => icon(14, <path d="M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 11v2.5h11V11" />);

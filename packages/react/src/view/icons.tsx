import type { ReactNode } from 'react';

/** Line icons of 16 × 16, in the colour of the text; what they mean is said by a label elsewhere. */
function icon(size: number, shape: ReactNode) {
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
      focusable="false"
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
export const EmptyIcon = () =>
  icon(
    28,
    <path
      strokeWidth="1"
      d="M2 3.5h12M2 6.5h6M2 9.5h4M13 13.5l-1.7-1.7m.7-2.3a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0Z"
    />,
  );
export const ErrorIcon = () =>
  icon(28, <path strokeWidth="1" d="M8 2 1.5 13.5h13L8 2Zm0 4.5v3.2m0 1.8v.1" />);
export const SaveIcon = () => icon(14, <path d="M8 2v8m-3.5-3L8 10.5 11.5 7M2.5 11v2.5h11V11" />);
export const SortIcon = ({ descending }: { descending: boolean }) =>
  icon(10, <path d={descending ? 'M8 3v10m-4-4 4 4 4-4' : 'M8 13V3M4 7l4-4 4 4'} />);
export const UndoIcon = () => icon(14, <path d="M6 3 3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7" />);
export const RedoIcon = () => icon(14, <path d="m10 3 3 3-3 3m3-3H6.5a3.5 3.5 0 0 0 0 7H9" />);

const PATHS = {
  alert:
    'M8 5.5v3M8 11h.01M7.1 2.2 1.5 12a1 1 0 0 0 .9 1.5h11.2a1 1 0 0 0 .9-1.5L8.9 2.2a1 1 0 0 0-1.8 0Z',
  close: 'm4 4 8 8M12 4l-8 8',
  flame:
    'M8 1.5c.4 2.4 3.7 3.8 3.7 7.2a3.7 3.7 0 0 1-7.4 0c0-1.4.6-2.3 1.3-3 .1 1.2.6 1.9 1.3 2.200C6.7 5.5 6.9 3.2 8 1.500Z',
  moon: 'M13 9.500A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.500Z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.400L14 14',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.500M8 13.500V15M1 8h1.500M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  chevronDown: 'm4 6 4 4 4-4',
  pause: 'M5.5 3.500v9M10.5 3.500v9',
  play: 'M5 3.200v9.600L12.5 8 5 3.200Z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

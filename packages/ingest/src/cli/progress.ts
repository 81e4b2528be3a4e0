import type { Output } from './program.ts';

/** A line that is written over while work goes on, where there is a terminal to do so. */
export interface ProgressLine {
  /** Replaces the line. Does nothing where output goes to a file. */
  show(text: string): void;
  /** Writes a line that stays. */
  print(text: string): void;
  clear(): void;
}

const CLEAR = '\r\u001b[K';

export function progressLine(output: Output): ProgressLine {
  let shown = '';
  const clear = () => {
    if (shown !== '') output.write(CLEAR);
    shown = '';
  };
  return {
    clear,
    show(text) {
      if (output.isTTY !== true || text === shown) return;
      output.write(`${CLEAR}${text}`);
      shown = text;
    },
    print(text) {
      const before = shown;
      clear();
      output.write(`${text}\n`);
      if (before !== '') {
        output.write(before);
        shown = before;
      }
    },
  };
}

/** More often than ten times a second cannot be read, and a line takes time in a terminal far away. */
const REDRAW_EVERY = 100;

/** For a terminal that does not know its width. */
const USUAL_WIDTH = 80;

/** A line in a terminal that is rewritten in place. */
export interface TerminalLine {
  /** Characters that fit. */
  width(): number;
  /** Whether it is time to draw again. */
  isDue(): boolean;
  /** Draws the line anew; with a line break it stays, and the next one begins below it. */
  show(line: string, end: '' | '\n'): void;
  /** Leaves what was drawn last, if it has no line break yet. */
  leave(): void;
}

/**
 * A line in a terminal. Where the stream is no terminal nothing is written.
 *
 * No setting of the terminal is changed and no timer runs, so that the work may end in any way.
 *
 * @param terminal standard error when left out
 *
 * @example
 * const line = terminalLine();
 * if (line.isDue()) line.show('half done', '');
 */
export function terminalLine(terminal: NodeJS.WriteStream = process.stderr): TerminalLine {
  const width = () => (terminal.columns || USUAL_WIDTH) - 1;
  let drawn = -Infinity;
  let isUnfinished = false;
  return {
    width,
    isDue: () => performance.now() - drawn >= REDRAW_EVERY,
    show(line, end) {
      if (!terminal.isTTY) return;
      // A line that wraps could not be rewritten.
      terminal.write(`\r\x1b[2K${line.slice(0, width())}${end}`);
      drawn = performance.now();
      isUnfinished = end === '';
    },
    leave() {
      if (isUnfinished) terminal.write('\n');
      isUnfinished = false;
    },
  };
}

/** So many characters fit into a cell of JupyterLab, in a window of 1280 pixels with its file browser open. */
export const NOTEBOOK_WIDTH = 105;

/** Milliseconds. A browser gets a new text at most five times a second: more cannot be read, and each costs time. */
const REDRAW_EVERY = { browser: 200, terminal: 100 };

/** For a terminal that does not know its width. */
const USUAL_WIDTH = 80;

/** A line that says how far some work has come, rewritten in place. */
export interface ProgressLine {
  /** Characters that fit. */
  width(): number;
  /** Whether it is time to draw again. */
  isDue(): boolean;
  show(text: string): void;
  /** Leaves a last text, or what was shown last; in a terminal the next one begins below it. */
  end(text?: string): void;
}

/**
 * A line of progress: in a notebook under the cell, in a terminal on standard error, and nothing where that is a pipe.
 *
 * @example
 * const line = await progressLine();
 * if (line.isDue()) line.show('half done');
 * line.end('done');
 */
export async function progressLine(): Promise<ProgressLine> {
  if (process.env['SMILE_LAB_KERNEL'] === undefined) return terminalLine();
  // Only now: tslab brings a compiler along, 0.2 s that a terminal need not wait for.
  const { newDisplay } = await import('tslab');
  const display = newDisplay();
  let drawn = -Infinity;
  const show = (text: string) => {
    display.text(text);
    drawn = performance.now();
  };
  return {
    width: () => NOTEBOOK_WIDTH,
    isDue: () => performance.now() - drawn >= REDRAW_EVERY.browser,
    show,
    end: (text) => text !== undefined && show(text),
  };
}

/**
 * A line of progress in a terminal. Where the stream is no terminal nothing is written.
 *
 * No setting of the terminal is changed and no timer runs, so that the work may end in any way.
 *
 * @param terminal standard error when left out
 */
export function terminalLine(terminal: NodeJS.WriteStream = process.stderr): ProgressLine {
  const width = () => (terminal.columns || USUAL_WIDTH) - 1;
  let drawn = -Infinity;
  let isUnfinished = false;
  const show = (text: string) => {
    if (!terminal.isTTY) return;
    // A line that wraps could not be rewritten.
    terminal.write(`\r\x1b[2K${text.slice(0, width())}`);
    drawn = performance.now();
    isUnfinished = true;
  };
  return {
    width,
    isDue: () => performance.now() - drawn >= REDRAW_EVERY.terminal,
    show,
    end(text) {
      if (text !== undefined) show(text);
      if (isUnfinished) terminal.write('\n');
      isUnfinished = false;
    },
  };
}

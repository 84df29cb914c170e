import { NOTEBOOK_WIDTH } from './notebookWidth';
import { terminalLine } from './terminalLine';

/** The browser gets a new text at most every 200 ms: more cannot be read, and each costs time. */
const REDRAW_EVERY = 200;

/** A line that says how far some work has come, rewritten in place. */
export interface ProgressLine {
  /** Characters that fit. */
  width(): number;
  /** Whether it is time to draw again. */
  isDue(): boolean;
  show(text: string): void;
  /** Leaves a last text, or what was shown last. */
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
  if (process.env['SMILE_LAB_KERNEL'] === undefined) return inTerminal();
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
    isDue: () => performance.now() - drawn >= REDRAW_EVERY,
    show,
    end: (text) => text !== undefined && show(text),
  };
}

function inTerminal(): ProgressLine {
  const line = terminalLine();
  return {
    width: line.width,
    isDue: line.isDue,
    show: (text) => line.show(text, ''),
    end: (text) => (text === undefined ? line.leave() : line.show(text, '\n')),
  };
}

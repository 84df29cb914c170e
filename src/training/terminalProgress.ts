import { formatProgress, formatTimeLeft, fullBar } from './formatProgress';
import type { ProgressView } from './progressView';

/** More often than ten times a second cannot be read, and a line takes time in a terminal far away. */
const redrawEvery = 100;

/** Characters of a bar in which progress can still be seen. */
const shortestBar = 5;

/** For a terminal that does not know its width. */
const usualWidth = 80;

/**
 * The progress in a terminal: one line, rewritten in place, that stays when its epoch is over. Where the stream is no
 * terminal nothing is written.
 *
 * No setting of the terminal is changed and no timer runs, so that a training may end in any way.
 *
 * @param terminal standard error when left out
 */
export function terminalProgress(terminal: NodeJS.WriteStream = process.stderr): ProgressView {
  const width = () => (terminal.columns || usualWidth) - 1;
  let bar = fullBar;
  let drawn = -Infinity;
  let isUnfinished = false;

  const show = (line: string, end: '' | '\n') => {
    if (!terminal.isTTY) return;
    // A line that wraps could not be rewritten.
    terminal.write(`\r\x1b[2K${line.slice(0, width())}${end}`);
    drawn = performance.now();
    isUnfinished = end === '';
  };

  return {
    draw(progress) {
      if (performance.now() - drawn < redrawEvery) return;
      const left = formatTimeLeft(progress);
      const line = (length: number) => formatProgress(progress, length) + (left && ` · ${left}`);
      // In a narrow terminal the bar gives way to the numbers.
      bar = Math.max(shortestBar, Math.min(fullBar, fullBar + width() - line(fullBar).length));
      show(line(bar), '');
    },
    epochEnd: (progress) => show(formatProgress(progress, bar), '\n'),
    trainingEnd() {
      if (isUnfinished) terminal.write('\n');
      isUnfinished = false;
    },
  };
}

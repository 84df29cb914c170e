import { terminalLine } from '../display/text/terminalLine';
import { formatProgress, formatTimeLeft, fullBar } from './formatProgress';
import type { ProgressView } from './progressView';

/** Characters of a bar in which progress can still be seen. */
const shortestBar = 5;

/**
 * The progress in a terminal: one line, rewritten in place, that stays when its epoch is over. Where the stream is no
 * terminal nothing is written.
 *
 * @param terminal standard error when left out
 */
export function terminalProgress(terminal: NodeJS.WriteStream = process.stderr): ProgressView {
  const drawn = terminalLine(terminal);
  let bar = fullBar;
  return {
    draw(progress) {
      if (!drawn.isDue()) return;
      const left = formatTimeLeft(progress);
      const line = (length: number) => formatProgress(progress, length) + (left && ` · ${left}`);
      // In a narrow terminal the bar gives way to the numbers.
      bar = Math.max(
        shortestBar,
        Math.min(fullBar, fullBar + drawn.width() - line(fullBar).length),
      );
      drawn.show(line(bar), '');
    },
    epochEnd: (progress) => drawn.show(formatProgress(progress, bar), '\n'),
    trainingEnd: () => drawn.leave(),
  };
}

import { terminalLine } from '../../display/text/progressLine';
import { formatProgress, formatTimeLeft } from './formatProgress';
import type { ProgressView } from './progressView';

/**
 * The progress in a terminal: one line, rewritten in place, that stays when its epoch is over. Where the stream is no
 * terminal nothing is written.
 *
 * @param terminal standard error when left out
 */
export function terminalProgress(terminal: NodeJS.WriteStream = process.stderr): ProgressView {
  const drawn = terminalLine(terminal);
  return {
    draw(progress) {
      if (!drawn.isDue()) return;
      const left = formatTimeLeft(progress) && ` · ${formatTimeLeft(progress)}`;
      drawn.show(formatProgress(progress, drawn.width() - left.length) + left);
    },
    epochEnd: (progress) => drawn.end(formatProgress(progress, drawn.width())),
    trainingEnd: () => drawn.end(),
  };
}

import { newDisplay } from 'tslab';
import { formatProgress, formatTimeLeft, type Progress } from './formatProgress';
import type { ProgressView } from './progressView';

/** The browser gets a new text at most every 200 ms: more cannot be read, and each costs time. */
const redrawEvery = 200;

/** Longer trainings show their last epochs only, or the text would grow past the screen. */
const mostLines = 25;

/** The progress under a notebook cell: one text, rewritten in place, a line for each epoch. */
export function notebookProgress(): ProgressView {
  const display = newDisplay();
  const finished: string[] = [];
  let drawn = -Infinity;

  const show = (lines: string[]) => {
    const hidden = Math.max(0, lines.length - mostLines);
    display.text(
      [...(hidden ? [`… ${hidden} epochs before`] : []), ...lines.slice(hidden)].join('\n'),
    );
    drawn = performance.now();
  };

  return {
    draw(progress: Progress) {
      if (performance.now() - drawn < redrawEvery) return;
      show([
        ...finished,
        [formatProgress(progress), formatTimeLeft(progress)].filter(Boolean).join(' · '),
      ]);
    },
    epochEnd(progress) {
      finished.push(formatProgress(progress));
      show(finished);
    },
    trainingEnd() {},
  };
}

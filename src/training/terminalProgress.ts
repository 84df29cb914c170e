import { SingleBar } from 'cli-progress';
import { formatProgress, formatTimeLeft } from './formatProgress';
import type { ProgressView } from './showProgress';

/** The progress on one line of a terminal, on standard error; where that is no terminal nothing is written. */
export function terminalProgress(): ProgressView {
  const bar = new SingleBar({
    format: (_options, _params, payload: { line?: string }) => payload.line ?? '',
    fps: 5,
    hideCursor: true,
  });
  let started = false;

  const show = (line: string) => {
    if (!started) bar.start(1, 0, { line });
    started = true;
    bar.update({ line });
  };

  return {
    draw: (progress) =>
      show([formatProgress(progress), formatTimeLeft(progress)].filter(Boolean).join(' · ')),
    epochEnd: (progress) => show(formatProgress(progress)),
    trainingEnd: () => bar.stop(),
  };
}

import type { ProgressLine } from '../../display/text/progressLine';
import { formatProgress, formatTimeLeft, type Progress } from './formatProgress';
import type { ProgressView } from './progressView';

/**
 * The progress of a whole training in one line, which in the end shows its last epoch.
 *
 * @param name stands at the line's beginning
 */
export function lineProgress(line: ProgressLine, name: string): ProgressView {
  let latest: string | undefined;
  const show = (progress: Progress, left: string) => {
    const end = left && ` · ${left}`;
    const room = line.width() - name.length - ' · '.length - end.length;
    latest = `${name} · ${formatProgress(progress, room)}`;
    if (line.isDue()) line.show(`${latest}${end}`);
  };
  return {
    draw: (progress) => show(progress, formatTimeLeft(progress)),
    epochEnd: (progress) => show(progress, ''),
    trainingEnd: () => line.end(latest),
  };
}

import { newDisplay } from 'tslab';
import { drawTraining } from '../../display/charts/drawTraining';
import { displayPicture } from '../../display/svg/displayPicture';
import { NOTEBOOK_WIDTH } from '../../display/text/progressLine';
import { drawingTime, type DrawingTime } from './drawingTime';
import { formatProgress, formatTimeLeft, type Progress } from './formatProgress';
import type { ProgressView } from './progressView';
import type { TrainingRecord } from './trainingRecord';

/** Longer trainings show their last epochs only, or the text would grow past the screen. */
const MOST_LINES = 25;

/**
 * The progress under a notebook cell, rewritten in place: accuracy and loss as a chart that grows, and a text with a line
 * for each epoch; each at most five times a second, and less often where that would take more than 1 % of the time.
 *
 * @param record of the training; read whenever it is drawn
 * @param times when to draw the chart, and when the text
 */
export function notebookProgress(
  record: TrainingRecord,
  times: { chart: DrawingTime; text: DrawingTime } = { chart: drawingTime(), text: drawingTime() },
): ProgressView {
  const [chart, text] = [newDisplay(), newDisplay()];
  const finished: string[] = [];
  let running: Progress | undefined;
  let isChartOld = true;

  const lines = () =>
    latestLines([
      ...finished,
      ...(running === undefined ? [] : [formatProgress(running, NOTEBOOK_WIDTH)]),
    ]);
  const drawChart = () => {
    chart.html(liveHtml(drawTraining(record)));
    isChartOld = false;
  };
  const drawText = () => {
    const left = running === undefined ? '' : formatTimeLeft(running);
    text.text([lines(), left].filter(Boolean).join(' · '));
  };
  const drawWhatIsDue = () => {
    if (isChartOld && times.chart.isDue()) times.chart.spend(drawChart);
    if (times.text.isDue()) times.text.spend(drawText);
  };

  return {
    draw(progress) {
      running = progress;
      drawWhatIsDue();
    },
    epochEnd(progress) {
      finished.push(formatProgress(progress, NOTEBOOK_WIDTH));
      [running, isChartOld] = [undefined, true];
      drawWhatIsDue();
    },
    async trainingEnd() {
      text.text(lines());
      if (record.count > 0) {
        await displayPicture(drawTraining(record.finished()), chart);
      } else if (!isChartOld) {
        chart.html(''); // a frame without a line
      }
    },
  };
}

/** The chart as a part of the page itself: an `<img>` in its place would flicker, since the browser decodes it later. */
function liveHtml(svg: string): string {
  return svg.replace('<svg ', '<svg style="max-width: 100%; height: auto" ');
}

function latestLines(lines: readonly string[]): string {
  const hidden = Math.max(0, lines.length - MOST_LINES);
  return [...(hidden ? [`… ${hidden} epochs before`] : []), ...lines.slice(hidden)].join('\n');
}

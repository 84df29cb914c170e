import { checkOptionNames } from '../../errors/checkOptionNames';
import { escapeXml } from '../svg/escapeXml';
import { FONT, INK, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { describeTraining, gapsOf } from './describeTraining';
import { runsLegend } from './runsLegend';
import { CHART_FONT_SIZE, CHART_WIDTH, trainingChart } from './trainingChart';
import { isOnlyOne, type TrainingHistories, type RecordedRun, trainingRuns } from './trainingRuns';
import type { TrainingHistory } from './trainingSeries';
import { type Drawing, vegaSvg } from './vegaSvg';

const TITLE_SIZE = 18;
const MAX_LINES = 3; // of the heading, and of a note
const MAX_NOTES = 8;

/** How training curves are drawn. */
export interface DrawHistoryOptions {
  /** A heading over the picture. Default: none. */
  title?: string;
  /** An accuracy, 0–1, to mark with a dashed line, such as the one at which training stops. Default: none. */
  threshold?: number;
}

/**
 * Draws accuracy and loss over the epochs on a white card, one above the other: of one training, its validation beside
 * it where there was one, or of up to six trainings, to compare them.
 *
 * A value that is NaN or infinite stands as a cross or a triangle at the edge, and a line of text says so. Of a long
 * history each part's least and greatest values are drawn.
 *
 * @param histories what `fit` recorded: `loss`, `acc` or `accuracy`, perhaps `val_loss` and `val_acc`, one value an
 *   epoch; or an object with such a history under the name of each run
 * @param options title and threshold
 * @returns a self-contained SVG document, 20 to 30 kB for 15 epochs of one training
 * @throws {TypeError} when a history holds neither loss nor accuracy, or other things than numbers; RangeError when the
 * threshold is not within 0–1, or there are more than six runs
 *
 * @example
 * const { history } = await model.fitDataset(dataset, { epochs: 15 });
 * const svg = await drawHistory(history, { threshold: 0.999 });
 * await fs.promises.writeFile('curve.svg', svg);
 */
export async function drawHistory(
  histories: TrainingHistory | TrainingHistories,
  options: DrawHistoryOptions = {},
): Promise<string> {
  checkOptionNames('Cannot draw the history', options, { title: true, threshold: true });
  const { title, threshold } = options;
  const runs = trainingRuns(histories);
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(
      `Cannot draw the history: threshold must be an accuracy from 0 to 1, got ${threshold}`,
    );
  }
  const chart = await drawChart(runs, threshold);
  const head = drawHead(title, runs);
  const hasAccuracy = runs.some(({ series }) => series.some(({ metric }) => metric === 'accuracy'));
  const description = [
    describeTraining(runs),
    ...(threshold === undefined || !hasAccuracy
      ? []
      : [`a dashed line marks the accuracy ${threshold}`]),
  ].join('; ');
  return svgCard({
    width: chart.width,
    height: head.height + chart.height,
    title: title === undefined ? description : `${title}: ${description}`,
    content: `${head.svg}<g transform="translate(0 ${head.height})">${chart.svg}</g>`,
  });
}

async function drawChart(runs: readonly RecordedRun[], threshold?: number): Promise<Drawing> {
  const isRecorded = runs.some(({ series }) => series.length > 0);
  if (!isRecorded) return { svg: '', width: CHART_WIDTH, height: 0 };
  return vegaSvg(trainingChart(runs, threshold));
}

/** The heading, what has no place among the lines, and the names of the runs where there are several. */
function drawHead(title: string | undefined, runs: readonly RecordedRun[]): Omit<Drawing, 'width'> {
  const notes = gapsOf(runs).map(({ sign, text }) => `${sign} ${text}`.trim());
  const more = notes.length - MAX_NOTES;
  const paragraphs = [
    ...(title === undefined ? [] : [{ text: title, size: TITLE_SIZE, weight: 'bold' }]),
    ...[...notes.slice(0, MAX_NOTES), ...(more > 0 ? [`… and ${more} more of this kind`] : [])].map(
      (text) => ({ text, size: CHART_FONT_SIZE, weight: 'normal' }),
    ),
  ];
  let height = 0;
  const lines = paragraphs.flatMap(({ text, size, weight }) =>
    wrapLabel(text, CHART_WIDTH / size, MAX_LINES).map((line) => {
      height += Math.round(size * 1.5);
      return `<text y="${height - size / 2}" font-size="${size}" font-weight="${weight}">${escapeXml(line)}</text>`;
    }),
  );
  if (!isOnlyOne(runs)) {
    const legend = runsLegend(runs, CHART_FONT_SIZE, CHART_WIDTH);
    lines.push(`<g transform="translate(0 ${height})">${legend.svg}</g>`);
    height += legend.height;
  }
  if (height === 0) return { svg: '', height };
  return {
    svg: `<g font-family="${FONT}" fill="${INK}">${lines.join('')}</g>`,
    height: height + CHART_FONT_SIZE,
  };
}

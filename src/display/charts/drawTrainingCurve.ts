import { describeGaps, describeTraining } from './describeTraining';
import { escapeXml } from '../svg/escapeXml';
import { FONT, INK, svgCard } from '../svg/svgCard';
import { CHART_FONT_SIZE, CHART_WIDTH, trainingChart } from './trainingChart';
import { trainingSeries, type TrainingHistory, type TrainingSeries } from './trainingSeries';
import { wrapLabel } from '../svg/wrapLabel';

const TITLE_SIZE = 18;
const MAX_LINES = 3; // of the heading, and of a note

/** How a training curve is drawn. */
export interface DrawTrainingCurveOptions {
  /** A heading over the picture. Default: none. */
  title?: string;
  /** An accuracy, 0–1, to mark with a dashed line, such as the one at which training stops. Default: none. */
  threshold?: number;
}

/**
 * Draws accuracy and loss over the epochs on a white card, one above the other; beside the training's the validation's
 * where there was one. NaN and infinite values leave a gap, and a line in the picture says so.
 *
 * @param history what `fit` recorded: `loss` and `acc` or `accuracy`, perhaps `val_loss` and `val_acc`, one value an
 *   epoch
 * @param options title and threshold
 * @returns a self-contained SVG document, 20 to 30 kB for 15 epochs
 * @throws {Error} when the history is empty or has no accuracy; RangeError when the threshold is not within 0–1
 *
 * @example
 * const { history } = await model.fitDataset(dataset, { epochs: 15 });
 * const svg = await drawTrainingCurve(history, { threshold: 0.999 });
 * await fs.promises.writeFile('curve.svg', svg);
 */
export async function drawTrainingCurve(
  history: TrainingHistory,
  options: DrawTrainingCurveOptions = {},
): Promise<string> {
  const { title, threshold } = options;
  const series = trainingSeries(history);
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(
      `Cannot draw the training curve: threshold must be an accuracy from 0 to 1, got ${threshold}`,
    );
  }
  const chart = await drawChart(series, threshold);
  const head = drawHead(title, describeGaps(series));
  const description = [
    describeTraining(series),
    ...(threshold === undefined ? [] : [`a dashed line marks the accuracy ${threshold}`]),
  ].join('; ');
  return svgCard({
    width: chart.width,
    height: head.height + chart.height,
    title: title === undefined ? description : `${title}: ${description}`,
    content: `${head.svg}<g transform="translate(0 ${head.height})">${chart.svg}</g>`,
  });
}

interface Drawing {
  svg: string;
  width: number;
  height: number;
}

async function drawChart(series: TrainingSeries[], threshold?: number): Promise<Drawing> {
  // Only now: both together take 0.1 s to load.
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { spec } = vegaLite.compile(trainingChart(series, threshold));
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error });
  try {
    const svg = await view.toSVG();
    const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    return { svg, width: Number(width), height: Number(height) };
  } finally {
    view.finalize();
  }
}

/** The heading, and what is missing in the picture. */
function drawHead(title: string | undefined, gaps: readonly string[]): Omit<Drawing, 'width'> {
  const paragraphs = [
    ...(title === undefined ? [] : [{ text: title, size: TITLE_SIZE, weight: 'bold' }]),
    ...gaps.map((gap) => ({ text: `Not drawn: ${gap}`, size: CHART_FONT_SIZE, weight: 'normal' })),
  ];
  if (paragraphs.length === 0) return { svg: '', height: 0 };
  let height = 0;
  const lines = paragraphs.flatMap(({ text, size, weight }) =>
    wrapLabel(text, CHART_WIDTH / size, MAX_LINES).map((line) => {
      height += Math.round(size * 1.5);
      return `<text y="${height - size / 2}" font-size="${size}" font-weight="${weight}">${escapeXml(line)}</text>`;
    }),
  );
  return {
    svg: `<g font-family="${FONT}" fill="${INK}">${lines.join('')}</g>`,
    height: height + CHART_FONT_SIZE,
  };
}

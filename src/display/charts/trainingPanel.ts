import { tenths } from '../svg/rounded';
import { FONT_SIZE, INK } from '../svg/svgCard';
import type { Axes } from './axes';
import { markPath } from './marks';
import { roundNumbers, roundStep } from './roundNumbers';
import { type EpochValue, thinOut } from './thinOut';
import { type Look, lookOf } from './trainingLooks';
import { isOnlyOne, type ChartedRun } from './trainingRuns';
import type { TrainingSeries } from './trainingSeries';

/** Width between the axes, in CSS pixels. */
export const CHART_WIDTH = 500;

const HEIGHTS = { accuracy: 200, loss: 140 };
const MAX_TICKS = 15;

/** A line is drawn from the extremes of so many parts: one for each 5 CSS pixels. */
const PARTS = 100;

/** Up to how many epochs of a line have points, all of them; of more only about so many, else they would hide the lines. */
const POINTS = {
  ofOneRun: { upTo: 2 * PARTS, else: 20 },
  ofSeveral: { upTo: 20, else: 10 },
};

/** Beyond so many epochs the points of one run are small. */
const SMALL_POINTS = 40;

/** What is drawn of one metric. */
export interface PanelContent {
  metric: TrainingSeries['metric'];
  runs: readonly ChartedRun[];
  /** At the left edge, counted from 1: above 1 where a training was resumed. */
  firstEpoch: number;
  /** At the right edge: up to this one there is room. */
  lastEpoch: number;
  /** A value for a dashed line. */
  threshold?: number | undefined;
}

/** A panel's axes, and what is drawn between them as SVG elements. */
export interface Panel extends Axes {
  y: NonNullable<Axes['y']>;
  lines: string;
}

/**
 * Draws one metric of all runs over the epochs. A value that is NaN or infinite breaks its line, and a cross or a triangle
 * stands at the panel's edge.
 *
 * @param content what to draw; runs without a value leave the panel empty
 *
 * @example
 * const runs = trainingRuns({ loss: [0.7, 0.1] });
 * const { lines } = trainingPanel({ metric: 'loss', runs, firstEpoch: 1, lastEpoch: 2 });
 */
export function trainingPanel(content: PanelContent): Panel {
  const { metric, runs, firstEpoch, lastEpoch, threshold } = content;
  const height = HEIGHTS[metric];
  const seriesOf = (run: ChartedRun) => run.series.filter((one) => one.metric === metric);
  const values = runs.flatMap((run) => seriesOf(run).flatMap((one) => one.values));
  const { least, greatest, numbers } = roundNumbers(metric === 'accuracy' ? [1] : values);
  const x = (epoch: number) =>
    tenths(((epoch - firstEpoch + 0.5) / (lastEpoch - firstEpoch + 1)) * CHART_WIDTH);
  const y = (value: number) => tenths((1 - (value - least) / (greatest - least)) * height);
  const curves = runs.flatMap((run, index) =>
    seriesOf(run).map((one) =>
      curve(one.values, {
        look: lookOf(runs, index, one.data),
        isOnlyOne: isOnlyOne(runs),
        x: (epoch) => x(epoch + firstEpoch - 1),
        y,
        height,
      }),
    ),
  );
  const epochs = epochTicks(firstEpoch, lastEpoch);
  return {
    width: CHART_WIDTH,
    height,
    x: { title: 'epoch', ticks: epochs.map((epoch) => ({ at: x(epoch), text: String(epoch) })) },
    y: { title: metric, ticks: numbers.map(({ value, text }) => ({ at: y(value), text })) },
    lines: (threshold === undefined ? '' : limit(threshold, y(threshold))) + curves.join(''),
  };
}

function limit(threshold: number, y: number): string {
  return (
    `<path d="M0 ${y}h${CHART_WIDTH}" stroke="${INK}" stroke-dasharray="6 4"/>` +
    `<text x="${CHART_WIDTH + 4}" y="${tenths(y + FONT_SIZE / 3)}">${threshold}</text>`
  );
}

interface CurveLayout {
  look: Look;
  isOnlyOne: boolean;
  x: (epoch: number) => number;
  y: (value: number) => number;
  height: number;
}

function curve(values: readonly number[], { look, isOnlyOne, x, y, height }: CurveLayout): string {
  const kept = thinOut(values, PARTS);
  const isMarked = marking(values, look, isOnlyOne);
  const radius =
    isOnlyOne && values.length > SMALL_POINTS && values.length <= POINTS.ofOneRun.upTo ? 2.3 : 4.4;
  const [line, points, signs] = [[], [], []] as [string[], string[], string[]];
  let before: EpochValue | undefined;
  for (const one of kept) {
    const at = x(one.epoch);
    if (!Number.isFinite(one.value)) signs.push(sign(at, height, one.value));
    else {
      const isDown = before !== undefined && Number.isFinite(before.value);
      line.push(`${isDown ? 'L' : 'M'}${at} ${y(one.value)}`);
      if (isMarked(one, before)) points.push(markPath(look.mark, at, y(one.value), radius));
    }
    before = one;
  }
  const stroke = `fill="none" stroke="${look.colour}" stroke-width="2"`;
  const dashes = look.dash === undefined ? '' : ` stroke-dasharray="${look.dash.join(' ')}"`;
  return [
    line.length > 0 && `<path d="${line.join('')}" ${stroke} stroke-linejoin="round"${dashes}/>`,
    points.length > 0 && `<path d="${points.join('')}" fill="${look.colour}"/>`,
    signs.length > 0 && `<path d="${signs.join('')}" ${stroke}/>`,
  ]
    .filter(Boolean)
    .join('');
}

/** Which values get a point. */
function marking(values: readonly number[], { dash }: Look, isOnlyOne: boolean) {
  const { upTo, else: most } = isOnlyOne ? POINTS.ofOneRun : POINTS.ofSeveral;
  const step = values.length <= upTo ? 1 : roundStep(values.length / most);
  return ({ epoch }: EpochValue, before: EpochValue | undefined) => {
    const isAlone = !Number.isFinite(values[epoch - 2]) && !Number.isFinite(values[epoch]);
    if (isAlone) return true; // it makes no line
    if (dash !== undefined) return false; // a dotted line with points could not be read
    return before === undefined || Math.floor(epoch / step) > Math.floor(before.epoch / step);
  };
}

/** What stands at the panel's edge for a value that cannot be drawn in it: a cross for NaN, a triangle for an infinity. */
function sign(x: number, height: number, value: number): string {
  if (Number.isNaN(value)) return `M${x - 4} 3l8 8M${x + 4} 3l-8 8`;
  return value > 0 ? `M${x - 5} 11h10l-5 -9z` : `M${x - 5} ${height - 11}h10l-5 9z`;
}

/** The first epoch, and every one, every 2nd, every 5th, every 10th … so that the numbers have room. */
function epochTicks(first: number, last: number): number[] {
  const most = Math.min(MAX_TICKS, Math.floor(CHART_WIDTH / (9 * String(last).length + 14)));
  const step = Math.max(1, roundStep((last - first + 1) / most));
  const even: number[] = [];
  for (let epoch = (Math.floor(first / step) + 1) * step; epoch <= last; epoch += step) {
    if (epoch - first >= step / 2) even.push(epoch);
  }
  return [first, ...even];
}

import { escapeXml } from '../svg/escapeXml';
import { FONT, INK, svgCard } from '../svg/svgCard';
import { wrapLabel } from '../svg/wrapLabel';
import { describeTraining, gapsOf } from './describeTraining';
import { thinOut } from './thinOut';
import { CHART_FONT_SIZE, CHART_WIDTH } from './trainingChart';
import { lookOf } from './trainingLooks';
import type { TrainingSeries } from './trainingSeries';

/** A training while it goes on. */
export interface LiveTraining {
  /** What is recorded; without a value before the end of the first epoch. */
  series: readonly TrainingSeries[];
  /** Counted from 1: above 1 where a training was gone on with. */
  firstEpoch: number;
  /** Up to this one there is room in the chart. */
  lastEpoch: number;
  /** An accuracy, 0–1, for a dashed line; the one at which the training stops. */
  threshold?: number | undefined;
}

const HEIGHTS = { accuracy: 200, loss: 140 };
const GRID = '#e4e4e4';

// In CSS pixels.
const LEFT = 62;
const RIGHT = 64;
const TOP = 9;
const BELOW = 58; // the panel's numbers and the word "epoch"
const LINE = 22;

/** Values of a series that are drawn at most: two for each 4 CSS pixels. */
const PARTS = 125;

/** Beyond so many epochs the points are small, and beyond so many they would hide the line. */
const SMALL_POINTS = 40;
const NO_POINTS = 250;

/**
 * Draws accuracy and loss of a training that goes on, as `drawHistory` draws them when it is over, in a millisecond.
 *
 * Not by Vega: to load it and to draw its first chart takes 0.2 s, more than 3 % of a short training.
 *
 * @returns a self-contained SVG document of a constant size, under 40 kB however many epochs there are
 *
 * @example
 * drawLiveChart({ series: trainingSeries({ loss: [0.69], acc: [0.5] }), firstEpoch: 1, lastEpoch: 15 });
 */
export function drawLiveChart(training: LiveTraining): string {
  const { series, threshold } = training;
  const parts: string[] = [];
  let y = TOP;
  if (series.some(({ data }) => data === 'validation')) {
    parts.push(legend(y));
    y += LINE + 8;
  }
  for (const metric of ['accuracy', 'loss'] as const) {
    const lines = series.filter((one) => one.metric === metric);
    if (lines.length === 0) continue;
    parts.push(`<g transform="translate(${LEFT} ${y})">${panel(metric, lines, training)}</g>`);
    y += HEIGHTS[metric] + BELOW;
  }
  const recorded = series.filter(({ values }) => values.length > 0);
  y -= 12; // under the last panel nothing follows but notes
  for (const { sign, text } of recorded.length === 0 ? [] : gapsOf([{ series: recorded }])) {
    for (const line of wrapLabel(`${sign} ${text}`, CHART_WIDTH / CHART_FONT_SIZE, 3)) {
      parts.push(`<text x="${LEFT}" y="${y + 16}">${escapeXml(line)}</text>`);
      y += LINE;
    }
  }
  return svgCard({
    width: LEFT + CHART_WIDTH + RIGHT,
    height: y,
    title: [
      recorded.length === 0
        ? 'Training curve before the end of the first epoch'
        : describeTraining([{ series: recorded }]),
      ...(threshold === undefined ? [] : [`a dashed line marks the accuracy ${threshold}`]),
    ].join('; '),
    content: `<g font-family="${FONT}" font-size="${CHART_FONT_SIZE}" fill="${INK}">${parts.join('')}</g>`,
  });
}

function legend(y: number): string {
  return (['training', 'validation'] as const)
    .map((data, i) => {
      const x = LEFT + 6 + 110 * i;
      const sign = `<path transform="translate(${x} ${y + 6})" d="${pointAt(0, 0, 4.4, data)}" fill="${colourOf(data)}"/>`;
      return `${sign}<text x="${x + 12}" y="${y + 11}">${data}</text>`;
    })
    .join('');
}

function panel(
  metric: TrainingSeries['metric'],
  lines: readonly TrainingSeries[],
  { firstEpoch, lastEpoch, threshold }: LiveTraining,
): string {
  const height = HEIGHTS[metric];
  const [least, greatest, step] =
    metric === 'accuracy' ? [0, 1, 0.2] : niceRange(lines.flatMap(({ values }) => values));
  const x = (epoch: number) =>
    round(((epoch - firstEpoch + 0.5) / (lastEpoch - firstEpoch + 1)) * CHART_WIDTH);
  const y = (value: number) => round((1 - (value - least) / (greatest - least)) * height);

  const parts: string[] = [];
  const count = Math.round((greatest - least) / step);
  for (let i = 0; i <= count; i++) {
    const value = least + i * step;
    const at = y(value);
    parts.push(
      `<path d="M0 ${at}h${CHART_WIDTH}" stroke="${GRID}"/><path d="M0 ${at}h-5" stroke="${INK}"/>`,
      `<text x="-7" y="${at + 5}" text-anchor="end">${escapeXml(numberText(value, step))}</text>`,
    );
  }
  for (const epoch of ticks(firstEpoch, lastEpoch)) {
    const at = x(epoch);
    parts.push(
      `<path d="M${at} ${height}v5" stroke="${INK}"/>`,
      `<text x="${at}" y="${height + 19}" text-anchor="middle">${epoch}</text>`,
    );
  }
  const middle = CHART_WIDTH / 2;
  parts.push(
    `<path d="M0 0V${height}H${CHART_WIDTH}" fill="none" stroke="${INK}"/>`,
    `<text x="${middle}" y="${height + 38}" text-anchor="middle">epoch</text>`,
    `<text transform="translate(-50 ${height / 2}) rotate(-90)" text-anchor="middle">${metric}</text>`,
  );
  if (metric === 'accuracy' && threshold !== undefined) {
    parts.push(
      `<path d="M0 ${y(threshold)}h${CHART_WIDTH}" stroke="${INK}" stroke-dasharray="6 4"/>`,
      `<text x="${CHART_WIDTH + 4}" y="${y(threshold) + 5}">${threshold}</text>`,
    );
  }
  for (const { data, values } of lines) {
    parts.push(curve({ data, values, firstEpoch, height, x, y }));
  }
  return parts.join('');
}

function curve({
  data,
  values,
  firstEpoch,
  height,
  x,
  y,
}: Pick<TrainingSeries, 'data' | 'values'> & {
  firstEpoch: number;
  height: number;
  x: (epoch: number) => number;
  y: (value: number) => number;
}): string {
  const radius = values.length > SMALL_POINTS ? 2.3 : 4.4;
  let line = '';
  let points = '';
  let signs = '';
  let isDown = false;
  let isAlone = false;
  const kept = thinOut(values, PARTS);
  for (const [i, { epoch, value }] of kept.entries()) {
    const at = x(epoch + firstEpoch - 1);
    if (!Number.isFinite(value)) {
      signs += sign(at, height, value);
      isDown = false;
      continue;
    }
    line += `${isDown ? 'L' : 'M'}${at} ${y(value)}`;
    isAlone = !isDown && !Number.isFinite(kept[i + 1]?.value ?? NaN);
    if (isAlone || values.length <= NO_POINTS) points += pointAt(at, y(value), radius, data);
    isDown = true;
  }
  const colour = colourOf(data);
  return [
    `<path d="${line}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`,
    points && `<path d="${points}" fill="${colour}"/>`,
    signs && `<path d="${signs}" fill="none" stroke="${colour}" stroke-width="2"/>`,
  ].join('');
}

/** A circle, or a diamond for the validation. */
function pointAt(x: number, y: number, radius: number, data: TrainingSeries['data']): string {
  if (data === 'validation') {
    const r = round(1.25 * radius);
    return `M${x} ${round(y - r)}l${r} ${r} ${-r} ${r} ${-r} ${-r}z`;
  }
  return `M${round(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

/** What stands at the panel's edge for a value that has no place in it: a cross for NaN, a triangle for an infinity. */
function sign(x: number, height: number, value: number): string {
  if (Number.isNaN(value)) return `M${x - 4} 3l8 8M${x + 4} 3l-8 8`;
  return value > 0 ? `M${x - 5} 11h10l-5 -9z` : `M${x - 5} ${height - 11}h10l-5 9z`;
}

function colourOf(data: TrainingSeries['data']): string {
  return lookOf([{ series: [] }], 0, data).colour;
}

/** From 0, or below it, to a round number above all values, and the step of its numbers. */
function niceRange(values: readonly number[]): [least: number, greatest: number, step: number] {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high - low < 1e-300) return [0, 1, 0.2];
  const rough = (high - low) / 5;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((times) => times * unit >= rough * 0.999) ?? 10);
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step, step];
}

function numberText(value: number, step: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e5 || step < 1e-4)) return value.toExponential(0);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return value.toFixed(decimals).replace('-', '−');
}

/** The first epoch, and every one, every 2nd, every 5th, every 10th … so that the numbers have room. */
function ticks(first: number, last: number): number[] {
  const most = Math.min(15, Math.floor(CHART_WIDTH / (9 * String(last).length + 14)));
  const step = tickStep((last - first + 1) / most);
  const even: number[] = [];
  for (let i = Math.floor(first / step) + 1; i * step <= last; i++) {
    if (i * step - first >= step / 2) even.push(i * step);
  }
  return [first, ...even];
}

/** The least of 1, 2, 5, 10, 20, 50 … that is no smaller. */
function tickStep(least: number): number {
  for (let unit = 1; ; unit *= 10) {
    const step = [1, 2, 5].map((times) => times * unit).find((one) => one >= least);
    if (step !== undefined) return step;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

import type { TopLevelSpec } from 'vega-lite';
import { FONT, INK } from '../svg/svgCard';
import { type EpochValue, thinOut } from './thinOut';
import { lookOf } from './trainingLooks';
import { isOnlyOne, type RecordedRun } from './trainingRuns';
import type { TrainingSeries } from './trainingSeries';

/** Width between the axes, in CSS pixels. */
export const CHART_WIDTH = 500;

/** Size of the axes' text, in CSS pixels. */
export const CHART_FONT_SIZE = 15;

const HEIGHTS = { accuracy: 200, loss: 140 };
const MAX_TICKS = 15;
const GRID = '#e4e4e4';

/** A line is drawn from the extremes of so many parts: one for each 5 CSS pixels. */
const PARTS = 100;

/** Up to how many epochs of a line have points, all of them; of more only so many, else they would hide the lines. */
const POINTS = {
  ofOneRun: { upTo: 2 * PARTS, else: 20 },
  ofSeveral: { upTo: 20, else: 10 },
};

const SIGN_INSET = 7; // CSS pixels

/** What stands at the panel's edge for a value that has no place in it. */
const SIGNS = [
  { of: NaN, shape: 'M-1,-1L1,1M1,-1L-1,1', y: () => SIGN_INSET },
  { of: Infinity, shape: 'triangle-up', y: () => SIGN_INSET },
  { of: -Infinity, shape: 'triangle-down', y: (height: number) => height - SIGN_INSET },
];

/** What Vega gets of a value. */
interface Row extends EpochValue {
  metric: TrainingSeries['metric'];
  line: string;
  isMarked: boolean;
}

/**
 * Describes the training curve in Vega-Lite's language: the accuracy's panel over the loss's, in both the lines of all
 * runs. A value that is NaN or infinite breaks its line, and a cross or a triangle stands at the panel's edge.
 *
 * @param runs with at least one series between them
 * @param threshold an accuracy, 0–1, for a dashed line
 * @returns the specification, for `compile` of vega-lite
 *
 * @example
 * trainingChart([{ series: trainingSeries({ loss: [0.7, 0.1], acc: [0.5, 1] }) }], 0.999);
 */
export function trainingChart(runs: readonly RecordedRun[], threshold?: number): TopLevelSpec {
  const rows = rowsOf(runs);
  const metrics = (['accuracy', 'loss'] as const).filter((metric) =>
    rows.some((row) => row.metric === metric),
  );
  return {
    data: {
      values: rows.map(({ value, ...row }) => ({
        ...row,
        value: Number.isFinite(value) ? value : null,
      })),
    },
    vconcat: metrics.map((metric) =>
      panel(metric, runs, rows, metric === 'accuracy' ? threshold : undefined),
    ),
    resolve: { scale: { color: 'shared', shape: 'shared' } },
    spacing: 16,
    background: 'transparent',
    padding: 0,
    config: {
      // Inside an <img> nobody reaches the descriptions of single marks; the card's title stands for them.
      aria: false,
      font: FONT,
      view: { stroke: null },
      mark: { invalid: 'break-paths-filter-domains' },
      axis: {
        labelFontSize: CHART_FONT_SIZE,
        titleFontSize: CHART_FONT_SIZE,
        titleFontWeight: 'normal',
        labelColor: INK,
        titleColor: INK,
        gridColor: GRID,
        domainColor: INK,
        tickColor: INK,
      },
      legend: { labelFontSize: CHART_FONT_SIZE, labelColor: INK },
    },
  } as TopLevelSpec;
}

function rowsOf(runs: readonly RecordedRun[]): Row[] {
  return runs.flatMap(({ series }, place) =>
    series.flatMap(({ metric, data, values }) => {
      const kept = thinOut(values, PARTS);
      const { dash } = lookOf(runs, place, data);
      const { upTo, else: most } = isOnlyOne(runs) ? POINTS.ofOneRun : POINTS.ofSeveral;
      const step = values.length <= upTo ? 1 : Math.ceil(kept.length / most);
      const isAlone = (epoch: number) =>
        !Number.isFinite(values[epoch - 2]) && !Number.isFinite(values[epoch]);
      return kept.map(({ epoch, value }, i) => ({
        metric,
        line: lineOf(runs, place, data),
        epoch,
        value,
        // A value without a neighbour makes no line; a dotted one with points could not be read.
        isMarked: isAlone(epoch) || (i % step === 0 && dash === undefined),
      }));
    }),
  );
}

/** The name of a line in the legend; of several runs the card draws the legend, and it need only be unique. */
function lineOf(runs: readonly RecordedRun[], place: number, data: string): string {
  return isOnlyOne(runs) ? data : `${place} ${data}`;
}

function panel(
  metric: TrainingSeries['metric'],
  runs: readonly RecordedRun[],
  rows: readonly Row[],
  threshold?: number,
) {
  const epochs = Math.max(...rows.map(({ epoch }) => epoch));
  const lines = runs.flatMap(({ series }, place) =>
    (['training', 'validation'] as const)
      .filter((name) => series.some(({ data }) => data === name))
      .map((data) => ({ line: lineOf(runs, place, data), look: lookOf(runs, place, data) })),
  );
  const legend = isOnlyOne(runs) && lines.length > 1 ? { title: null, orient: 'top' } : null;
  const scaled = (range: unknown[]) => ({
    field: 'line',
    type: 'nominal',
    scale: { domain: lines.map(({ line }) => line), range },
    legend,
  });
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain: [0.5, epochs + 0.5], nice: false },
    axis: { values: ticksOf(epochs), format: 'd', grid: false },
  };
  const y = {
    field: 'value',
    type: 'quantitative',
    title: metric,
    scale: metric === 'accuracy' ? { domain: [0, 1] } : { zero: true, nice: 4 },
    axis: { tickCount: 4, minExtent: 36 },
  };
  const color = scaled(lines.map(({ look }) => look.colour));
  const shape = scaled(lines.map(({ look }) => look.shape));
  const isDashed = lines.some(({ look }) => look.dash !== undefined);
  const strokeDash = scaled(lines.map(({ look }) => look.dash ?? [1, 0]));
  const ofMetric = rows.filter((row) => row.metric === metric);
  const everyPoint = ofMetric.every(({ isMarked }) => isMarked);
  return {
    width: CHART_WIDTH,
    height: HEIGHTS[metric],
    transform: [{ filter: { field: 'metric', equal: metric } }],
    layer: [
      ...(threshold === undefined ? [] : limit(threshold, y)),
      {
        mark: { type: 'line', strokeWidth: 2 },
        encoding: { x, y, color, ...(isDashed ? { strokeDash } : {}) },
      },
      {
        ...(everyPoint ? {} : { transform: [{ filter: 'datum.isMarked' }] }),
        mark: {
          type: 'point',
          filled: true,
          size: isOnlyOne(runs) && everyPoint && epochs > 40 ? 16 : 60,
          opacity: 1,
        },
        encoding: { x, y, color, shape },
      },
      ...signs(ofMetric, HEIGHTS[metric], { x, color }),
    ],
  };
}

function limit(threshold: number, y: object): object[] {
  const data = { values: [{ value: threshold }] };
  return [
    {
      data,
      mark: { type: 'rule', strokeDash: [6, 4], color: INK },
      encoding: { y },
    },
    {
      data,
      mark: {
        type: 'text',
        align: 'left',
        dx: 4,
        fontSize: CHART_FONT_SIZE,
        color: INK,
        x: CHART_WIDTH,
      },
      encoding: { y, text: { value: String(threshold) } },
    },
  ];
}

function signs(rows: readonly Row[], height: number, encoding: object): object[] {
  return SIGNS.flatMap(({ of, shape, y }) => {
    const values = rows
      .filter(({ value }) => Object.is(value, of))
      .map(({ epoch, line }) => ({ epoch, line }));
    if (values.length === 0) return [];
    return {
      data: { values },
      mark: { type: 'point', shape, size: 80, strokeWidth: 2, opacity: 1 },
      encoding: { ...encoding, y: { value: y(height) } },
    };
  });
}

/** The first epoch, and every one, every 2nd, every 5th, every 10th … so that the numbers have room. */
function ticksOf(epochs: number): number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const step = steps.find((candidate) => epochs / candidate <= MAX_TICKS) ?? epochs;
  const ticks = Array.from({ length: Math.floor(epochs / step) }, (_, i) => (i + 1) * step);
  return step === 1 ? ticks : [1, ...ticks];
}

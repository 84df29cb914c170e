import type { TopLevelSpec } from 'vega-lite';
import { FONT, INK } from '../svg/svgCard';
import type { TrainingSeries } from './trainingSeries';

/** Width between the axes, in CSS pixels. */
export const CHART_WIDTH = 500;

/** Size of the axes' text, in CSS pixels. */
export const CHART_FONT_SIZE = 15;

const HEIGHTS = { accuracy: 200, loss: 140 };
const MAX_TICKS = 15;
const GRID = '#e4e4e4';

// Two of Okabe and Ito's colours, told apart with every kind of colour blindness (https://jfly.uni-koeln.de/color/);
// the shape says it once more, for a black-and-white print.
const LOOK = {
  training: { colour: '#0072B2', shape: 'circle' },
  validation: { colour: '#D55E00', shape: 'diamond' },
};

/**
 * Describes the training curve in Vega-Lite's language: the accuracy's panel over the loss's, a point for each epoch.
 *
 * @param series what was recorded; values that are NaN or infinite break the line
 * @param threshold an accuracy, 0–1, for a dashed line
 * @returns the specification, for `compile` of vega-lite
 *
 * @example
 * trainingChart(trainingSeries({ loss: [0.7, 0.1], acc: [0.5, 1] }), 0.999);
 */
export function trainingChart(series: TrainingSeries[], threshold?: number): TopLevelSpec {
  return {
    data: {
      values: series.flatMap(({ metric, data, values }) =>
        values.map((value, i) => ({
          metric,
          data,
          epoch: i + 1,
          value: Number.isFinite(value) ? value : null,
        })),
      ),
    },
    vconcat: [panel('accuracy', series, threshold), panel('loss', series)],
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

function panel(metric: 'accuracy' | 'loss', series: TrainingSeries[], threshold?: number) {
  const epochs = Math.max(...series.map(({ values }) => values.length));
  const names = (['training', 'validation'] as const).filter((name) =>
    series.some(({ data }) => data === name),
  );
  const legend = names.length > 1 ? { title: null, orient: 'top' } : null;
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
  const color = {
    field: 'data',
    type: 'nominal',
    scale: { domain: names, range: names.map((name) => LOOK[name].colour) },
    legend,
  };
  const shape = {
    field: 'data',
    type: 'nominal',
    scale: { domain: names, range: names.map((name) => LOOK[name].shape) },
    legend,
  };
  const limit = [
    {
      data: { values: [{ value: threshold }] },
      mark: { type: 'rule', strokeDash: [6, 4], color: INK },
      encoding: { y },
    },
    {
      data: { values: [{ value: threshold }] },
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
  return {
    width: CHART_WIDTH,
    height: HEIGHTS[metric],
    transform: [{ filter: { field: 'metric', equal: metric } }],
    layer: [
      ...(threshold === undefined ? [] : limit),
      { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } },
      {
        mark: { type: 'point', filled: true, size: epochs > 40 ? 16 : 60, opacity: 1 },
        encoding: { x, y, color, shape },
      },
    ],
  };
}

/** The first epoch, and every one, every 2nd, every 5th, every 10th … so that the numbers have room. */
function ticksOf(epochs: number): number[] {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
  const step = steps.find((candidate) => epochs / candidate <= MAX_TICKS) ?? epochs;
  const ticks = Array.from({ length: Math.floor(epochs / step) }, (_, i) => (i + 1) * step);
  return step === 1 ? ticks : [1, ...ticks];
}

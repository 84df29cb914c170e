import type { Layout, Plot } from 'nodeplotlib/src/lib/interfaces';
import { lookOf } from '../charts/trainingLooks';
import {
  type TrainingHistory,
  trainingSeries,
  type TrainingSeries,
} from '../charts/trainingSeries';
import { FONT, INK } from '../svg/svgCard';

/** Points beyond this many would hide the lines. */
const MOST_MARKERS = 60;

const GRID = '#e4e4e4';

/** The two plots of a page, side by side. */
export const PLOT_METRICS = ['accuracy', 'loss'] as const;

type Metric = (typeof PLOT_METRICS)[number];

/** A training as the page of plots draws it. */
export interface PlottedRun {
  /** What the legend says; any text. */
  name: string;
  /** One value an epoch; values that are NaN or infinite leave a gap. */
  history: TrainingHistory;
  /** The epoch of the first value: above 1 where a training was resumed. */
  firstEpoch: number;
}

/**
 * The lines of trainings for a plot in the browser, coloured as in the notebook's charts.
 *
 * @param runs 1 to 6; one that has not finished an epoch has no line
 * @returns traces of plotly.js; a value that is NaN or infinite leaves a gap, and the legend says so
 * @throws {TypeError} for a history that is none
 *
 * @example
 * plotTraces([{ name: 'seed 1', history: { loss: [0.69] }, firstEpoch: 1 }], 'loss')[0]?.y; // [0.69]
 */
export function plotTraces(runs: readonly PlottedRun[], metric: Metric): Plot[] {
  const read = runs.map(({ name, history, firstEpoch }) => ({
    ...{ name: runs.length > 1 ? name : undefined, firstEpoch },
    series: trainingSeries(history),
  }));
  return read.flatMap(({ name, series, firstEpoch }, index) =>
    series
      .filter((one) => one.metric === metric)
      .map(({ data, values }) => {
        const { colour, dash } = lookOf(read, index, data);
        return {
          type: 'scatter',
          mode: values.length > MOST_MARKERS ? 'lines' : 'lines+markers',
          name: legendName(name, data, values),
          x: values.map((_, i) => firstEpoch + i),
          y: values.map((value) => (Number.isFinite(value) ? value : null)),
          line: { color: colour, dash: dash === undefined ? 'solid' : 'dot' },
          marker: { symbol: data === 'training' ? 'circle' : 'diamond', size: 7 },
        };
      }),
  );
}

/** What the legend says. */
function legendName(
  run: string | undefined,
  data: TrainingSeries['data'],
  values: readonly number[],
): string {
  const gaps = values.filter((value) => !Number.isFinite(value)).length;
  const name = run === undefined ? data : `${run}, ${data}`;
  return plain(
    gaps === 0 ? name : `${name}: NaN or infinite in ${gaps} of ${values.length} epochs`,
  );
}

/**
 * How a plot of {@link plotTraces} is laid out.
 *
 * @param title any text; stands over the plot, behind the metric's name
 */
export function plotLayout(metric: Metric, title: string): Layout {
  const axis = { linecolor: INK, gridcolor: GRID, zeroline: false, ticks: 'outside' as const };
  const y = metric === 'accuracy' ? { range: [-0.02, 1.02] } : { rangemode: 'tozero' as const };
  return {
    title: { text: plain(`${metric}: ${title}`), font: { size: 18 } },
    height: 500,
    font: { size: 15, color: INK, family: FONT },
    hovermode: 'x',
    showlegend: true,
    legend: { orientation: 'h', y: -0.26, yanchor: 'top' },
    margin: { t: 56, r: 24, b: 56, l: 64 },
    xaxis: { ...axis, title: { text: 'epoch' }, showgrid: false },
    yaxis: { ...axis, ...y },
  };
}

/** plotly.js reads a part of HTML in its texts. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

import { isOnlyOne, type ChartedRun } from './trainingRuns';
import type { TrainingSeries } from './trainingSeries';

/**
 * Says in words what a training curve shows, for readers who cannot see it.
 *
 * @param runs what was recorded, at least one run
 * @returns one sentence without a full stop
 *
 * @example
 * describeTraining(trainingRuns({ loss: [0.69, 0.02], acc: [0.525, 1] }));
 * // 'Training curve over 2 epochs: accuracy rises from 0.525 to 1.000, loss falls from 0.690 to 0.020'
 */
export function describeTraining(runs: readonly ChartedRun[]): string {
  const epochs = Math.max(0, ...runs.map(countEpochs));
  const head = isOnlyOne(runs)
    ? `Training curve over ${count(epochs, 'epoch')}`
    : `Training curves of ${count(runs.length, 'run')} over ${count(epochs, 'epoch')}`;
  const courses = runs.map((run) => {
    const listed = run.series.map((one) => `${nameOf(one)} ${courseOf(one.values)}`).join(', ');
    if (run.name === undefined) return listed;
    return listed === '' ? '' : `${JSON.stringify(run.name)}: ${listed}`;
  });
  const description = courses.filter((course) => course !== '').join('; ');
  const gaps = gapsOf(runs).map(({ text }) => text);
  return [description === '' ? head : `${head}: ${description}`, ...gaps].join('; ');
}

/** What a chart cannot draw as a point of a line, and how it stands there instead. */
export interface Gap {
  sign: '×' | '▲' | '▼' | '';
  /** A sentence without a full stop. */
  text: string;
}

/**
 * Says which values cannot be drawn in a chart because they are NaN or infinite, and which runs have none at all.
 *
 * @param runs what was recorded
 *
 * @example
 * gapsOf(trainingRuns({ loss: [0.7, NaN] }));
 * // [{ sign: '×', text: 'loss is NaN in 1 of 2 epochs, first in epoch 2' }]
 */
export function gapsOf(runs: readonly ChartedRun[]): Gap[] {
  return runs.flatMap(({ name, series }): Gap[] => {
    const of = name === undefined ? '' : `${JSON.stringify(name)}: `;
    if (series.length === 0) {
      return [
        { sign: '', text: of === '' ? 'No epoch has ended yet' : `${of}no epoch has ended yet` },
      ];
    }
    return series.flatMap((one) =>
      KINDS.flatMap(({ value, sign, words }) => {
        const first = one.values.findIndex((candidate) => Object.is(candidate, value));
        if (first < 0) return [];
        const gaps = one.values.filter((candidate) => Object.is(candidate, value)).length;
        const epochs = count(one.values.length, 'epoch');
        const text = `${of}${nameOf(one)} is ${words} in ${gaps} of ${epochs}, first in epoch ${first + 1}`;
        return [{ sign, text }];
      }),
    );
  });
}

const KINDS = [
  { value: NaN, sign: '×', words: 'NaN' },
  { value: Infinity, sign: '▲', words: '∞' },
  { value: -Infinity, sign: '▼', words: '−∞' },
] as const;

function countEpochs({ series }: ChartedRun): number {
  return Math.max(0, ...series.map(({ values }) => values.length));
}

function nameOf({ metric, data }: TrainingSeries): string {
  return data === 'training' ? metric : `${data} ${metric}`;
}

function courseOf(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  const [first] = finite;
  const last = finite.at(-1);
  if (first === undefined || last === undefined) return 'has no finite value';
  if (finite.length === 1) return `is ${format(first)}`;
  const [from, to] = [format(first), format(last)];
  if (from === to) return `starts and ends at ${from}`;
  return `${first < last ? 'rises' : 'falls'} from ${from} to ${to}`;
}

/** Three decimals, cut and not rounded: 0.9996 must not read as 1.000. */
function format(value: number): string {
  if (Math.abs(value) >= 1e6) return value.toPrecision(3);
  const thousandths = Number((value * 1000).toPrecision(6)); // float32's 0.525 is 0.52499998
  return (Math.trunc(thousandths) / 1000).toFixed(3);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

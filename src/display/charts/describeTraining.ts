import type { TrainingSeries } from './trainingSeries';

/**
 * Says in words what a training curve shows, for readers who cannot see it.
 *
 * @param series what was recorded, at least one value each
 * @returns one sentence without a full stop
 *
 * @example
 * describeTraining(trainingSeries({ loss: [0.69, 0.02], acc: [0.525, 1] }));
 * // 'Training curve over 2 epochs: accuracy rises from 0.525 to 1.000, loss falls from 0.690 to 0.020'
 */
export function describeTraining(series: readonly TrainingSeries[]): string {
  const epochs = Math.max(...series.map(({ values }) => values.length));
  const courses = series.map((one) => `${nameOf(one)} ${courseOf(one.values)}`);
  const description = `Training curve over ${count(epochs, 'epoch')}: ${courses.join(', ')}`;
  return [description, ...describeGaps(series)].join('; ');
}

/**
 * Says which values cannot be drawn because they are NaN or infinite.
 *
 * @param series what was recorded
 * @returns one sentence without a full stop for each series that has such values
 *
 * @example
 * describeGaps([{ metric: 'loss', data: 'training', values: [0.7, NaN] }]);
 * // ['loss is NaN or infinite in 1 of 2 epochs, first in epoch 2']
 */
export function describeGaps(series: readonly TrainingSeries[]): string[] {
  return series.flatMap((one) => {
    const first = one.values.findIndex((value) => !Number.isFinite(value));
    if (first < 0) return [];
    const gaps = one.values.filter((value) => !Number.isFinite(value)).length;
    const epochs = count(one.values.length, 'epoch');
    return [
      `${nameOf(one)} is NaN or infinite in ${gaps} of ${epochs}, first in epoch ${first + 1}`,
    ];
  });
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
  const thousandths = Number((value * 1000).toPrecision(6)); // float32's 0.525 is 0.52499998
  return (Math.trunc(thousandths) / 1000).toFixed(3);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

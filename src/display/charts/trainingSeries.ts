import { tf } from '../../tensorflow/tf';

/** What `fit` recorded: one value an epoch under each metric's name, as in tfjs' `History.history`. */
export type TrainingHistory = Readonly<Record<string, readonly (number | tf.Tensor)[]>>;

/** One line of the chart. */
export interface TrainingSeries {
  metric: 'accuracy' | 'loss';
  data: 'training' | 'validation';
  /** One value an epoch, from epoch 1, at least one; NaN and the infinities as they came. */
  values: readonly number[];
}

const ACCURACIES = [
  'accuracy',
  'acc', // tfjs's name of 'accuracy' (tfjs issue 680)
  ...['binaryAccuracy', 'categoricalAccuracy', 'sparseCategoricalAccuracy'],
];

/** What the accuracy is called in a log, the first that is there; of several of one kind tfjs numbers them from 0. */
export const accuracyNames: readonly string[] = ACCURACIES.flatMap((name) => [name, `${name}_0`]);

const METRICS = [
  ['accuracy', accuracyNames],
  ['loss', ['loss']],
] as const;

/**
 * Finds accuracy and loss, of training and of validation, in what `fit` recorded.
 *
 * @param history `loss`, `acc` or `accuracy`, with `val_` before the name for validation where there was one
 * @returns accuracy, validation accuracy, loss, validation loss, without what was not recorded; none before the end of
 * the first epoch
 * @throws {TypeError} when a value is not a number, or other things than these were recorded
 *
 * @example
 * trainingSeries({ loss: [0.69], acc: [0.5] })[0]; // { metric: 'accuracy', data: 'training', values: [0.5] }
 */
export function trainingSeries(history: TrainingHistory): TrainingSeries[] {
  checkHistory(history);
  const series = METRICS.flatMap(([metric, names]) =>
    (['training', 'validation'] as const).map((data) => {
      const recorded = names.map((name) => (data === 'training' ? name : `val_${name}`));
      return { metric, data, values: valuesOf(history, recorded) };
    }),
  ).filter(({ values }) => values.length > 0);
  const isRecorded = Object.values(history).some(({ length }) => length > 0);
  if (isRecorded && series.length === 0) {
    const got = Object.keys(history).map((name) => `"${name}"`);
    throw new TypeError(
      `Cannot draw the history: it needs "loss", "accuracy" or "acc", got ${got.join(', ')}`,
    );
  }
  return series;
}

function checkHistory(history: TrainingHistory): void {
  if (history instanceof tf.History) {
    throw new TypeError(
      'Cannot draw the history: what fit returns keeps the numbers under "history"; give history.history',
    );
  }
  const isHistory = typeof history === 'object' && history !== null;
  if (isHistory && Object.values(history).every((values) => Array.isArray(values))) return;
  throw new TypeError(
    `Cannot draw the history: an array of numbers under each metric's name is required, got ${JSON.stringify(history)?.slice(0, 80)}`,
  );
}

function valuesOf(history: TrainingHistory, names: readonly string[]): number[] {
  const name = names.find((candidate) => history[candidate] !== undefined);
  if (name === undefined) return [];
  return (history[name] ?? []).map((value) => {
    if (typeof value === 'number') return value;
    const got = value instanceof tf.Tensor ? 'a tensor' : JSON.stringify(value);
    const hint = value instanceof tf.Tensor ? '; call await history.syncData() first' : '';
    throw new TypeError(
      `Cannot draw the history: the values of "${name}" must be numbers, got ${got}${hint}`,
    );
  });
}

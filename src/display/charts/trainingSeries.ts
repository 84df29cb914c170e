import type { tf } from '../../tensorflow/tf';

/** What `fit` recorded: one value an epoch under each metric's name, as in tfjs' `History.history`. */
export type TrainingHistory = Readonly<Record<string, readonly (number | tf.Tensor)[]>>;

/** One line of the training curve. */
export interface TrainingSeries {
  metric: 'accuracy' | 'loss';
  data: 'training' | 'validation';
  /** One value an epoch, from epoch 1; NaN and the infinities as they came. */
  values: readonly number[];
}

/**
 * Finds accuracy and loss, of training and of validation, in what `fit` recorded.
 *
 * @param history `loss` and `acc` or `accuracy`, with `val_` before the name for validation where there was one
 * @returns accuracy, validation accuracy, loss, validation loss, without what was not recorded
 * @throws {Error} when the accuracy or the loss is missing or has no epoch; TypeError when a value is not a number
 *
 * @example
 * trainingSeries({ loss: [0.69], acc: [0.5] })[0]; // { metric: 'accuracy', data: 'training', values: [0.5] }
 */
export function trainingSeries(history: TrainingHistory): TrainingSeries[] {
  const series: TrainingSeries[] = [];
  for (const [metric, names] of [
    ['accuracy', ['accuracy', 'acc']], // tfjs logs the metric 'accuracy' as 'acc' (tfjs issue 680)
    ['loss', ['loss']],
  ] as const) {
    const training = valuesOf(history, names);
    if (training.length === 0) {
      const required = names.map((name) => `"${name}"`).join(' or ');
      const got = Object.entries(history).map(([name, values]) => `"${name}" (${values.length})`);
      throw new Error(
        `Cannot draw the training curve: the history needs ${required} with a value for each epoch, ` +
          `got ${got.length === 0 ? 'an empty history' : got.join(', ')}`,
      );
    }
    series.push({ metric, data: 'training', values: training });
    const validation = valuesOf(
      history,
      names.map((name) => `val_${name}`),
    );
    if (validation.length > 0) series.push({ metric, data: 'validation', values: validation });
  }
  return series;
}

function valuesOf(history: TrainingHistory, names: readonly string[]): number[] {
  const name = names.find((candidate) => history[candidate] !== undefined);
  if (name === undefined) return [];
  return (history[name] ?? []).map((value) => {
    if (typeof value === 'number') return value;
    throw new TypeError(
      `Cannot draw the training curve: the values of "${name}" must be numbers, got ${typeof value}; ` +
        'call await history.syncData() first',
    );
  });
}

import { accuracyNames } from '../../display/charts/trainingSeries';
import type { tf } from '../../tensorflow/tf';

/** What tfjs hands a callback: numbers, or tensors that hold one number. */
export type Logs = Record<string, number | tf.Scalar>;

/**
 * Reads the accuracy from the logs of a batch or an epoch. Keras calls it `accuracy`, tfjs `acc`
 * (tfjs issue 680); a model may be compiled with another accuracy, such as `binaryAccuracy`.
 *
 * @param of 'val_' for that of the validation; that of the training when left out
 * @returns a number in 0–1, which may be NaN; undefined where none is logged
 */
export async function accuracyOf(logs: Logs, of: '' | 'val_' = ''): Promise<number | undefined> {
  const name = accuracyNames.map((one) => of + one).find((one) => logs[one] !== undefined);
  const value = name === undefined ? undefined : logs[name];
  return value === undefined ? undefined : numberOf(value);
}

/** The number in a log entry; a GPU may still be computing it. */
export async function numberOf(value: number | tf.Scalar): Promise<number> {
  return typeof value === 'number' ? value : ((await value.data())[0] as number);
}

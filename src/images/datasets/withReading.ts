import type { tf } from '../../tensorflow/tf';
import type { Resizing } from '../formats/resizing';

/** How a file becomes numbers, beside the size: what a model must be asked with because it was trained so. */
export type Reading = Omit<Resizing, 'imageSize'>;

const readings = new WeakMap<object, Reading>();

/** Methods of `tf.data.Dataset` that give another dataset of the same pictures. */
const DERIVING = [
  'batch',
  'concatenate',
  'filter',
  'map',
  'mapAsync',
  'prefetch',
  'repeat',
  'shuffle',
  'skip',
  'take',
] as const;

/**
 * Notes how the pictures of a dataset are read, also for all datasets that are derived from it by `map`, `take` and the like.
 *
 * @param dataset changed: its deriving methods hand the note on
 * @returns the dataset
 *
 * @example
 * readingOf(withReading(dataset, { interpolation: 'nearest' }).map(({ xs, ys }) => ({ xs: xs.div(255), ys }))); // { interpolation: 'nearest' }
 */
export function withReading<T extends object>(dataset: T, reading: Reading): T {
  readings.set(dataset, reading);
  const methods = dataset as Record<string, (...args: unknown[]) => object>;
  for (const name of DERIVING) {
    const derive = methods[name]!;
    Object.defineProperty(dataset, name, {
      value: (...args: unknown[]) => withReading(derive.apply(dataset, args), reading),
    });
  }
  return dataset;
}

/** What `withReading` noted of a dataset or of what it was derived from. */
export function readingOf(dataset: tf.data.Dataset<tf.TensorContainer>): Reading | undefined {
  return readings.get(dataset);
}

import type { tf } from '../../tensorflow/tf';
import type { Resizing } from '../formats/resizing';

/** How a file becomes numbers, beside the size: what a model must be asked with because it was trained so. */
export type Reading = Omit<Resizing, 'imageSize'>;

/** What is noted of a dataset. */
interface Note {
  reading: Reading;
  classNames: readonly string[] | undefined;
}

const notes = new WeakMap<object, Note>();

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
 * Notes how the pictures of a dataset are read, and what their labels stand for, also for all datasets that are derived from it
 * by `map`, `take` and the like.
 *
 * @param dataset changed: its deriving methods hand the note on
 * @param classNames the names that the labels are indices of; undefined where nobody knows
 * @returns the dataset
 *
 * @example
 * const noted = withReading(dataset, { interpolation: 'nearest' }, ['happy', 'sad']);
 * readingOf(noted.map(({ xs, ys }) => ({ xs: xs.div(255), ys }))); // { interpolation: 'nearest' }
 */
export function withReading<T extends object>(
  dataset: T,
  reading: Reading,
  classNames: readonly string[] | undefined,
): T {
  notes.set(dataset, { reading, classNames });
  const methods = dataset as Record<string, (...args: unknown[]) => object>;
  for (const name of DERIVING) {
    const derive = methods[name]!;
    Object.defineProperty(dataset, name, {
      value: (...args: unknown[]) => withReading(derive.apply(dataset, args), reading, classNames),
    });
  }
  return dataset;
}

/** How the pictures are read, as `withReading` noted it of a dataset or of what it was derived from. */
export function readingOf(dataset: tf.data.Dataset<tf.TensorContainer>): Reading | undefined {
  return notes.get(dataset)?.reading;
}

/** What the labels stand for, as `withReading` noted it of a dataset or of what it was derived from. */
export function classNamesOf(
  dataset: tf.data.Dataset<tf.TensorContainer>,
): readonly string[] | undefined {
  return notes.get(dataset)?.classNames;
}

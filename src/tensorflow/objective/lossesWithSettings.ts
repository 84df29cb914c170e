import { tf } from '../native/tfjs';
import { fromLogits, type Loss } from './fromLogits';
import { madeObjective, sourceOf } from './madeObjective';

/** Keras' `Huber`: half the square of errors up to delta, and beyond it as steep as there. */
export function huber(delta: number): Loss {
  return madeObjective('huber', { className: 'Huber', settings: { delta } }, (labels, outputs) => {
    const error = tf.abs(tf.sub(outputs, labels));
    const near = tf.minimum(error, delta);
    return tf.mean(tf.mul(near, tf.sub(error, tf.mul(near, 0.5))), -1); // [n]
  });
}

/** A crossentropy whose labels are smoothed: what it is without that, and how much they are. */
interface Smoothed {
  /** A name of tfjs's, or one that takes logits. */
  base: Crossentropy | Loss;
  compute: Loss;
  smoothing: number;
}

const CLASS_NAMES = {
  binaryCrossentropy: 'BinaryCrossentropy',
  categoricalCrossentropy: 'CategoricalCrossentropy',
} as const;

type Crossentropy = keyof typeof CLASS_NAMES;

/**
 * Keras' `label_smoothing`: each label is moved towards the mean of all, 1/2 of two classes or 1/n of n.
 *
 * Source: `binary_crossentropy` and `categorical_crossentropy` in keras/src/losses/losses.py
 */
export function smoothedCrossentropy(
  name: Crossentropy,
  takesLogits: boolean,
  smoothing: number,
): Loss {
  const settings = { from_logits: takesLogits, label_smoothing: smoothing };
  return madeObjective(name, { className: CLASS_NAMES[name], settings }, (labels, outputs) =>
    unsmoothed(name, takesLogits)(smoothLabels(labels, name, smoothing), outputs),
  );
}

function unsmoothed(name: Crossentropy, takesLogits: boolean): Loss {
  return takesLogits ? fromLogits[name] : (tf.metrics[name] as Loss);
}

/** Whether a crossentropy of tfjs's name can smooth its labels. */
export function canSmooth(name: string): name is Crossentropy {
  return Object.hasOwn(CLASS_NAMES, name);
}

/** What a loss or metric computes of smoothed labels; undefined where it takes them as they are. */
export function smoothedBy(objective: unknown): Smoothed | undefined {
  const { settings } = sourceOf(objective) ?? {};
  if (typeof settings?.['label_smoothing'] !== 'number') return undefined;
  const { name } = objective as { name: Crossentropy };
  const compute = unsmoothed(name, settings['from_logits'] === true);
  const base = settings['from_logits'] ? compute : name;
  return { base, compute, smoothing: settings['label_smoothing'] };
}

/**
 * Labels between which the loss is smoothed, as Keras' `label_smoothing`: `labels · (1 − smoothing) + smoothing / classes`.
 *
 * @param labels 0–1, `[n, 1]` of a binary cross-entropy, `[n, classes]` of another one
 * @param smoothing 0–1
 * @returns labels of the same shape; the caller disposes them
 */
export function smoothLabels(labels: tf.Tensor, name: unknown, smoothing: number): tf.Tensor {
  const classes = name === 'binaryCrossentropy' ? 2 : labels.shape.at(-1)!;
  return tf.add(tf.mul(labels, 1 - smoothing), smoothing / classes);
}

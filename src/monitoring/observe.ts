import { logitLayer } from '../evaluation/inspecting/logitLayer';
import { checkNetwork } from '../evaluation/inspecting/networkParts';
import { valueAt } from '../evaluation/inspecting/valueAt';
import { rowsOf } from '../evaluation/rowsOf';
import type { Classifier } from '../models/classifier';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';

/** So many numbers are kept of what the network finds in a picture: enough for a test, too few to draw it from. */
export const DIRECTIONS = 8;
/** The same directions in each process. */
const SEED = 16;
const ACTION = 'Cannot watch the model';

/** What is kept of a picture: nothing that it could be drawn from. */
export interface Observation {
  /** Mean of its values, 0–255. */
  brightness: number;
  /** Their standard deviation. */
  contrast: number;
  /** What its last layer decides from, seen from {@link DIRECTIONS} directions that were drawn at random. */
  embedding: number[];
}

/**
 * Looks at pictures as the network gets them.
 *
 * @param xs `[n, height, width, channels]`, 0–255; stays the caller's to dispose
 * @throws {Error} when it cannot be told what the last layer decides from
 */
export async function observe(classifier: Classifier, xs: tf.Tensor4D): Promise<Observation[]> {
  const { model, input } = classifier;
  checkNetwork(model, ACTION);
  const { before } = logitLayer(model, ACTION);
  const figures = tf.tidy(() => {
    const found = valueAt(before, new Map([[model.inputs[0]!, toInput(xs, input.rescale)]]));
    const flat = found.reshape([xs.shape[0], -1]); // [n, numbers]
    const directions = tf.randomNormal([flat.shape[1]!, DIRECTIONS], 0, 1, 'float32', SEED);
    const { mean, variance } = tf.moments(xs.toFloat(), [1, 2, 3]);
    return tf.concat(
      [mean.expandDims(1), variance.sqrt().expandDims(1), tf.matMul(flat, directions)],
      1,
    ); // [n, 2 + directions]
  });
  return (await rowsOf(figures)).map(([brightness = 0, contrast = 0, ...embedding]) => ({
    brightness,
    contrast,
    embedding,
  }));
}

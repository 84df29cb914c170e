import { checkOptionNames } from '../errors/checkOptionNames';
import { checkSeed } from '../errors/checkSeed';
import { show } from '../errors/show';
import { AUGMENTINGS } from '../images/augmenting/augmentings';
import { mixing } from '../images/augmenting/mixing';
import { classNamesOf, readingOf, withReading } from '../images/datasets/withReading';
import { withNoiseStep } from '../tensorflow/graph/drawNoise';
import { runningTraining } from '../tensorflow/runningTraining';
import { tf } from '../tensorflow/tf';
import { Augmentation } from './layers/augmentation';

/** Pictures and labels, as `imageDatasetFromDirectory` gives them, also where `map` has rescaled them. */
export type PicturesAndLabels = { xs: tf.Tensor; ys: tf.Tensor };

/** No epoch has as many batches. */
const MOST_BATCHES = 1_000_003;
/** So that layers without a seed of their own do not draw the same. */
const LAYER_STRIDE = 7919;

/**
 * Changes the pictures of a dataset at random, other ones in each pass; for the pictures that a model learns from alone.
 *
 * What is drawn follows from the seed, the number of the epoch and that of the batch in it: the same seed gives the same
 * pictures, also where a training is resumed.
 *
 * @param dataset of batches; their values must lie in the `valueRange` of the layers
 * @param layers such as `randomFlip()`; each changes what the one before it has made
 * @param options `seed`, a whole number, of the layers that have none; drawn when left out
 * @returns another dataset; the given one stays as it is
 * @throws {TypeError} when a layer is none that changes pictures here; a pass through it, when its batches are none of pictures
 *
 * @example
 * const pictures = await imageDatasetFromDirectory('my-faces', { labelMode: 'binary', seed: 1 });
 * const more = augment(pictures, [randomFlip({ mode: 'horizontal' }), randomRotation({ factor: 0.05 })], { seed: 1 });
 */
export function augment<Batch extends PicturesAndLabels>(
  dataset: tf.data.Dataset<Batch>,
  layers: readonly tf.layers.Layer[],
  options: { seed?: number } = {},
): tf.data.Dataset<Batch> {
  checkOptionNames('Cannot augment', options, { seed: true });
  const { seed } = options;
  if (typeof (dataset as { iterator?: unknown } | undefined)?.iterator !== 'function') {
    throw new TypeError(
      `Cannot augment: a dataset of pictures and labels is required, got ${show(dataset)}`,
    );
  }
  const steps = checkedLayers(layers);
  if (seed !== undefined) checkSeed('Cannot augment', seed);
  const first = seed ?? Math.floor(Math.random() * 2 ** 31);
  let looks = 0;

  async function* batches(): AsyncGenerator<Batch> {
    const pass = runningTraining()?.epoch ?? looks++;
    const iterator = await dataset.iterator();
    for (let index = 0; ; index++) {
      const { value, done } = await iterator.next();
      if (done) return;
      const changed = changeBatch(value, steps, first, (pass * MOST_BATCHES + index) | 0);
      tf.dispose(value);
      yield changed;
    }
  }
  const augmented = Object.assign(tf.data.generator(batches), { size: dataset.size });
  const reading = readingOf(dataset);
  return reading ? withReading(augmented, reading, classNamesOf(dataset)) : augmented;
}

function checkedLayers(layers: readonly tf.layers.Layer[]): Augmentation[] {
  if (!Array.isArray(layers) || layers.length === 0) {
    const got = (layers as unknown) instanceof tf.layers.Layer ? 'a layer alone' : show(layers);
    throw new TypeError(
      `Cannot augment: a list of layers such as randomFlip() is required, got ${got}`,
    );
  }
  return layers.map((layer: tf.layers.Layer) => {
    const isKnown = layer instanceof Augmentation && (layer.mixesLabels || layer.changesPictures);
    if (isKnown && layer.isChannelsLast) return layer;
    const got = layer instanceof tf.layers.Layer ? layer.getClassName() : show(layer);
    const known = [...AUGMENTINGS.keys(), 'MixUp'].join(', ');
    throw new TypeError(
      `Cannot augment: a layer must be one of ${known}, channels last, got ${got}`,
    );
  });
}

function checkBatch({ xs }: PicturesAndLabels): void {
  if (xs.rank === 4) return;
  throw new TypeError(
    `Cannot augment: batches of pictures [n, height, width, channels] are required, got [${xs.shape.join(', ')}]`,
  );
}

/** @returns the changed batch; the caller disposes it, and the given one */
function changeBatch<Batch extends PicturesAndLabels>(
  batch: Batch,
  layers: readonly Augmentation[],
  seed: number,
  step: number,
): Batch {
  return tf.tidy(() =>
    withNoiseStep(tf.scalar(step, 'int32'), 0, () => {
      checkBatch(batch);
      let { xs, ys }: PicturesAndLabels = { xs: batch.xs.clone(), ys: batch.ys.clone() };
      for (const [i, layer] of layers.entries()) {
        const own = seed + i * LAYER_STRIDE;
        if (layer.mixesLabels) ({ xs, ys } = mixUpBatch({ xs, ys }, layer, own));
        else xs = layer.augment(xs as tf.Tensor4D, own);
      }
      return { ...batch, xs, ys };
    }),
  );
}

function mixUpBatch(
  { xs, ys }: PicturesAndLabels,
  layer: Augmentation,
  seed: number,
): PicturesAndLabels {
  if (ys.dtype !== 'float32') {
    throw new TypeError(
      `Cannot mix up labels: labelMode must be "binary" or "categorical", whose labels can be parts of a class, got labels of ${ys.dtype}`,
    );
  }
  const mixture = mixing.draw(layer.settings, [xs.shape[0]!], layer.random(seed));
  return { xs: mixing.change(xs, mixture), ys: mixing.change(ys, mixture) };
}

import { checkOptionNames } from '../../errors/checkOptionNames';
import type { ImageBatch } from '../../images/datasets/imageBatch';
import { augment } from '../../models/augment';
import { tf } from '../../tensorflow/tf';
import { showing } from '../svg/showSvg';
import { drawPictures } from './drawPictures';
import { checkedPictures, type PixelRange } from './withPictures';

const VARIANTS = 12;
const ACTION = 'Cannot draw augmented pictures';

/** How pictures are changed that shall be drawn. */
export interface DrawAugmentedOptions {
  /** The values that stand for black and full colour in the batch. */
  range: PixelRange;
  /** Of layers that have none; drawn when left out. */
  seed?: number;
}

/**
 * Draws the first picture of a batch, and twelve pictures that layers make of it.
 *
 * @param batch float32, `[n, h, w, channels]`, which stays the caller's
 * @param layers as `augment` takes them; `mixUp` changes nothing here, since all are of one picture
 * @returns a self-contained SVG document
 * @throws {RangeError} when a value lies outside the range; TypeError for another shape, a missing range, or a layer that
 *   `augment` does not take
 *
 * @example
 * const layers = [randomFlip({ mode: 'horizontal' }), randomRotation({ factor: 0.05 })];
 * const svg = await drawAugmented(batch.xs, layers, { range: [0, 255] });
 */
export async function drawAugmented(
  batch: tf.Tensor4D,
  layers: readonly tf.layers.Layer[],
  options: DrawAugmentedOptions,
): Promise<string> {
  checkOptionNames(ACTION, options, { range: true, seed: true });
  const { range, seed } = options;
  checkedPictures(batch, range, Infinity, ACTION);
  const first = batch.slice(0, 1);
  async function* copies(): AsyncGenerator<ImageBatch> {
    yield tf.tidy(() => ({ xs: first.tile([VARIANTS, 1, 1, 1]), ys: tf.zeros([VARIANTS, 1]) }));
  }
  try {
    const [changed] = await augment(tf.data.generator(copies), layers, { seed }).toArray();
    const all = tf.tidy(() => tf.concat([first, changed!.xs.clipByValue(range[0], range[1])]));
    tf.dispose(changed);
    const captions = ['original', ...Array<string>(VARIANTS).fill('changed')];
    return await drawPictures(all, { captions, columns: 5, range }).finally(() => all.dispose());
  } finally {
    first.dispose();
  }
}

/**
 * Shows the first picture of a batch, and twelve pictures that layers make of it, under the running notebook cell.
 *
 * @param batch as for {@link drawAugmented}; so are `layers` and `options`
 * @throws what {@link drawAugmented} throws, and Error outside a notebook
 *
 * @example
 * await showAugmented(batch.xs, [randomFlip({ mode: 'horizontal' })], { range: [0, 255] });
 */
export const showAugmented = showing(drawAugmented);

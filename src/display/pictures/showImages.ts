import type { tf } from '../../tensorflow/tf';
import { drawImages, type DrawImagesOptions } from './drawImages';
import { showSvg } from '../svg/showSvg';

/**
 * Shows pictures in a grid under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param images a batch `[n, h, w, 3]`, which stays the caller's, or paths; as for {@link drawImages}
 * @param options labels, columns and range; as for {@link drawImages}
 * @throws what {@link drawImages} throws, and Error outside a notebook
 *
 * @example
 * await showImages(dataset.filePaths.slice(0, 10), { labels });
 */
export async function showImages(
  images: tf.Tensor | readonly string[],
  options: DrawImagesOptions = {},
): Promise<void> {
  await showSvg(await drawImages(images, options), { show: 'showImages', draw: 'drawImages' });
}

import { drawPictures, type DrawPicturesOptions } from './drawPictures';
import { showSvg } from '../svg/showSvg';
import type { Pictures } from './withPictures';

/**
 * Shows pictures in a grid under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param pictures a batch `[n, h, w, channels]`, which stays the caller's, or paths; as for {@link drawPictures}
 * @param options captions, or true and predicted classes, columns and range; as for {@link drawPictures}
 * @throws what {@link drawPictures} throws, and Error outside a notebook
 *
 * @example
 * await showPictures(dataset.filePaths.slice(0, 10), { captions });
 */
export async function showPictures(
  pictures: Pictures,
  options: DrawPicturesOptions = {},
): Promise<void> {
  await showSvg(await drawPictures(pictures, options), {
    show: 'showPictures',
    draw: 'drawPictures',
  });
}

import seedrandom from 'seedrandom';

import { tf } from '../../tensorflow/tf';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkPath } from '../../errors/checkPath';
import { checkedOptions, type ImageDatasetOptions, PICTURE_OPTIONS } from './datasetOptions';
import { listReadablePictures } from './listReadablePictures';
import { type ImageDataset, pictureDataset } from './pictureDataset';
import { show } from '../../errors/show';
import { shuffled } from './shuffled';
import { warnOfColours } from './warnOfColours';

export type { ImageDataset, ImageDatasetOptions };

/**
 * Loads pictures from a folder, with the semantics and the pixel values of Keras' `image_dataset_from_directory`.
 *
 * ```
 * directory/
 *   happy/            class 0: classes are sorted by name
 *     a.png
 *     more/b.jpg      folders inside a class belong to it
 *   sad/              class 1
 *     c.gif           the first picture of an animation
 * ```
 *
 * Pictures are the files named .bmp, .gif, .jpeg, .jpg or .png. Hidden files, others, and links to folders inside a
 * class are skipped, and listed in `skipped`.
 *
 * Pictures are read and decoded in threads of their own, two batches ahead, while a training step runs; few small ones
 * one by one, which is sooner. What a pass has decoded is kept for the next one: in memory up to a budget; beyond it,
 * those that have at least four times as many pixels as `imageSize` are kept in a file without a name in a folder for
 * temporary files. A picture whose file has changed since is read anew. Other memory does not grow with the number of
 * pictures: shuffled are their paths.
 *
 * Unlike Keras: hidden files are skipped; a class without pictures is an error; each pass shuffles all pictures, not a
 * window of them; a seed gives another order than in Python. As in Keras, splitting with `take` and `skip` leaks training
 * pictures into validation, since each pass is shuffled anew: use `validationSplit`, with one seed for both parts.
 *
 * @param directory folder that holds one folder per class, at least two
 * @param options see {@link ImageDatasetOptions}; the defaults are those of Keras
 * @returns batches `{xs, ys}`, `xs` being float32 `[n, height, width, channels]`, 0–255. Who takes a batch
 *   disposes it; `fitDataset`, `evaluateDataset`, `map` and `forEachAsync` do
 * @throws {UnreadablePicture} when a picture cannot be read, is damaged, or has over 134 million pixels. Headers are
 *   checked now, the rest when the batch is read
 * @throws {TypeError | RangeError} when an option is wrong
 * @throws {Error} when a folder is missing, or holds too few classes, or a class holds no picture
 *
 * @example
 * const faces = await imageDatasetFromDirectory('data/happy-or-sad', {
 *   imageSize: [150, 150],
 *   labelMode: 'binary',
 *   seed: 1,
 * });
 * const scaled = faces.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
 * await model.fitDataset(scaled, { epochs: 15 });
 */
export async function imageDatasetFromDirectory(
  directory: string,
  options: ImageDatasetOptions = {},
): Promise<ImageDataset> {
  checkPath('Cannot load pictures', 'a folder', directory);
  const action = `Cannot load pictures from ${show(directory)}`;
  checkOptionNames(action, options, {
    ...PICTURE_OPTIONS,
    validationSplit: true,
    subset: true,
    skipUnreadable: true,
  });
  const checked = checkedOptions(action, options);
  const { labelMode, shuffle, validationSplit, subset, colorMode } = checked;
  await tf.ready();

  const { classNames, pictures, skipped } = await listReadablePictures(
    directory,
    checked.skipUnreadable,
    colorMode,
  );
  if (labelMode === 'binary' && classNames.length !== 2) {
    throw new RangeError(
      `${action}: labelMode "binary" requires two classes, got ${show(classNames)}`,
    );
  }
  await warnOfColours(pictures, checked);
  const begin = () => seedrandom.alea(String(checked.seed));
  const mix = (random: () => number) => (shuffle ? shuffled(pictures, random) : pictures);
  const ordered = mix(begin());
  const heldOut = Math.floor((validationSplit ?? 0) * ordered.length);
  if (subset && heldOut === 0) {
    throw new RangeError(
      `${action}: validationSplit must keep at least one of ${ordered.length} pictures, got ${validationSplit}`,
    );
  }
  const border = ordered.length - heldOut;
  const chosen = subset === 'validation' ? ordered.slice(border) : ordered.slice(0, border);

  return pictureDataset({ classNames, pictures: chosen, skipped }, checked, () => {
    const random = begin();
    mix(random);
    return random;
  });
}

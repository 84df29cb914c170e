import { tf } from '../../tensorflow/tf';
import { chunks } from './chunks';
import type { CheckedOptions } from './datasetOptions';
import { type Reading, withReading } from './withReading';
import { RESIZING_NAMES, type Resizing } from '../formats/resizing';
import { encodeLabels, type ImageBatch } from './imageBatch';
import { isWorthStreaming } from '../decoding/isWorthStreaming';
import type { LabelledPicture, SkippedFile } from '../formats/listPictures';
import type { ReadablePictures } from './listReadablePictures';
import { PassOrders } from './passOrders';
import { pictureBatches } from './pictureBatches';
import { type CacheUse, PictureCache } from '../decoding/pictureCache';
import { PictureStream } from '../decoding/pictureStream';

/** A `tf.data.Dataset` of batches; its `size` counts batches. */
export interface ImageDataset extends tf.data.Dataset<ImageBatch> {
  /** The class folders' names, sorted. A label is an index in this list. */
  readonly classNames: readonly string[];
  /** The pictures of this dataset. Without `shuffle`, the batches follow this order. */
  readonly filePaths: readonly string[];
  /** The label of each of `filePaths`. */
  readonly labels: readonly number[];
  /** What was passed over in the whole folder, and why. */
  readonly skipped: readonly SkippedFile[];
  /** How many bytes of decoded pictures are kept for the next pass now, and at most. */
  readonly cache: CacheUse;
}

/**
 * Makes a dataset of picture files that were looked at.
 *
 * @param pictures files, labels and classes, as `listReadablePictures` gives them
 * @param options checked. Splitting is the caller's
 * @param begin gives what draws the orders of the passes, in [0, 1), from its beginning
 * @returns as `imageDatasetFromDirectory` describes
 *
 * @example
 * const { readable } = await lookAtPictures([{ path: 'a.png', label: 0 }, { path: 'b.png', label: 1 }], false);
 * const found = { classNames: ['a', 'b'], pictures: readable, skipped: [] };
 * const dataset = pictureDataset(found, checkedOptions('Cannot load', {}), () => Math.random);
 */
export function pictureDataset(
  { classNames, pictures, skipped }: ReadablePictures,
  options: CheckedOptions,
  begin: () => () => number,
): ImageDataset {
  const { batchSize, imageSize, channels, labelMode, shuffle } = options;
  const cache = new PictureCache([...imageSize, channels], options.cache, pictures.length);
  if (isWorthStreaming(pictures)) PictureStream.prepare(options);

  const orders = new PassOrders(pictures, begin);

  // The order is drawn with the first batch: fitDataset makes one iterator more than it reads.
  async function* batches(): AsyncGenerator<ImageBatch> {
    const pass = shuffle ? orders.next() : pictures;
    const labels = chunks(labelsOf(pass), batchSize);
    for await (const xs of pictureBatches(pass, batchSize, options, cache)) {
      yield { xs, ys: encodeLabels(labels.next().value as number[], labelMode, classNames.length) };
    }
  }
  const dataset = Object.assign(tf.data.generator(batches), {
    size: Math.ceil(pictures.length / batchSize),
    classNames,
    filePaths: pictures.map(({ path }) => path),
    labels: labelsOf(pictures),
    skipped,
  });
  const withCache = Object.defineProperty(dataset, 'cache', { get: () => cache.use });
  const names = Object.keys(RESIZING_NAMES) as Array<keyof Resizing>;
  const given = names.filter((name) => name !== 'imageSize').map((name) => [name, options[name]]);
  const reading = Object.fromEntries(given) as Reading;
  return withReading(withCache, reading, classNames) as typeof dataset & { cache: CacheUse };
}

function labelsOf(pictures: readonly LabelledPicture[]): number[] {
  return pictures.map(({ label }) => label);
}

import { createHash } from 'node:crypto';
import path from 'node:path';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { show } from '../../errors/show';
import { forEachBatch } from '../../evaluation/forEachBatch';
import { rowsOf } from '../../evaluation/rowsOf';
import { projectFolder } from '../../files/projectFolder';
import { chunks } from '../../images/datasets/chunks';
import { imageDatasetFromFiles } from '../../images/datasets/imageDatasetFromFiles';
import { FILES_AT_ONCE, readPictureFile } from '../../images/formats/pictureFile';
import { tf } from '../../tensorflow/tf';
import { toInput } from '../toInput';
import { backboneMark } from './backboneMark';
import { FeatureCache } from './featureCache';
import type { Backbone } from './loadBackbone';

/** Options of `featuresOf`. */
export interface FeatureOptions {
  /** Folder in which features are kept; `.cache/features` in the project when left out, none with `false`. */
  cache?: string | false;
  /** Called after each batch with the pictures that are done and all. */
  onProgress?: (done: number, all: number) => void;
}

/** Small: the first maps of a network are large, and what does not fit into the processor's cache is slow. */
const BATCH = 8;

/** So many pictures are lost at most when the work is ended. */
const KEPT_TOGETHER = 128;

const ACTION = 'Cannot compute features';

/**
 * Computes what a backbone finds in pictures: of each map the mean. What was computed is kept on the disk, by the content of the
 * picture's file and all that decides about the backbone's answer, so that the next time it is only read.
 *
 * @param backbone stays the caller's
 * @param pictures files, as `splitPictures` gives them
 * @param options see {@link FeatureOptions}
 * @returns `[pictures, maps]`, in the order of the pictures; the caller disposes it
 * @throws {UnreadablePicture} when a picture cannot be read; TypeError when none is given
 * @example
 * const backbone = await loadBackbone('efficientnet-lite0');
 * const { train } = await splitPictures('data/unseen-style', { seed: 1 });
 * const features = await featuresOf(backbone, train); // [28, 672]
 */
export async function featuresOf(
  backbone: Backbone,
  pictures: ReadonlyArray<{ readonly path: string }>,
  options: FeatureOptions = {},
): Promise<tf.Tensor2D> {
  checkOptionNames(ACTION, options, { cache: true, onProgress: true });
  if (!Array.isArray(pictures) || pictures.length === 0) {
    throw new TypeError(`${ACTION}: at least one picture is required, got ${show(pictures)}`);
  }
  const { cache: folder = path.join(projectFolder, '.cache', 'features') } = options;
  const cache =
    folder === false
      ? undefined
      : await FeatureCache.open(folder, `${nameOf(backbone)}-${backboneMark(backbone)}`);
  const names = await namesOf(pictures);
  const files = new Map(names.map((name, i) => [name, pictures[i]!.path]));
  const found = new Map([...files.keys()].map((name) => [name, cache?.get(name)]));
  const missing = [...files].filter(([name]) => !found.get(name));
  let done = files.size - missing.length;
  for (const some of chunks(missing, KEPT_TOGETHER)) {
    const rows = new Map<string, Float32Array>();
    await compute(backbone, some, (name, row) => {
      rows.set(name, row);
      options.onProgress?.(++done, files.size);
    });
    for (const [name, row] of rows) found.set(name, row);
    await cache?.add(rows);
  }
  const length = found.get(names[0]!)!.length;
  const values = new Float32Array(names.length * length);
  names.forEach((name, i) => values.set(found.get(name)!, i * length));
  return tf.tensor2d(values, [names.length, length]);
}

/** A name that a folder may have. */
function nameOf({ name, layer }: Backbone): string {
  return `${path.basename(name)}-${layer}`.replaceAll(/[^\w.-]/g, '_');
}

/** Each file's SHA-256. */
async function namesOf(pictures: ReadonlyArray<{ readonly path: string }>): Promise<string[]> {
  const names: string[] = [];
  for (const some of chunks(pictures, FILES_AT_ONCE)) {
    const read = async ({ path: file }: { readonly path: string }) =>
      createHash('sha256')
        .update(await readPictureFile(file))
        .digest('hex');
    names.push(...(await Promise.all(some.map(read))));
  }
  return names;
}

async function compute(
  { model, input }: Backbone,
  files: ReadonlyArray<[name: string, file: string]>,
  take: (name: string, row: Float32Array) => void,
): Promise<void> {
  const { rescale, ...resizing } = input;
  const batches = await imageDatasetFromFiles(
    files.map(([, file]) => ({ path: file, label: 0 })),
    {
      ...resizing,
      classNames: ['any', 'none'], // labels are not looked at
      batchSize: BATCH,
      shuffle: false,
      cache: { memory: 0, disk: 0 }, // each is seen once
    },
  );
  let done = 0;
  await forEachBatch(batches, async ({ xs }) => {
    const means = tf.tidy(() => {
      const maps = model.predict(toInput(xs, rescale)) as tf.Tensor; // [n, h, w, maps] or [n, numbers]
      return maps.rank === 4 ? maps.mean([1, 2]) : maps;
    });
    for (const row of await rowsOf(means)) take(files[done++]![0], Float32Array.from(row));
  });
}

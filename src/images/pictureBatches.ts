import { nativeBackend, opAttributes } from '../tensorflow/nativeBackend';
import { tf } from '../tensorflow/tf';
import { chunks } from './chunks';
import { decodePicture } from './decodePicture';
import type { CheckedPicture } from './listReadablePictures';
import type { PictureCache } from './pictureCache';
import { currentStamp, readPictureFile } from './pictureFile';
import { PictureStream } from './pictureStream';
import type { Resizing } from './resizing';
import { show } from './show';

/** How many batches wait decoded while one is trained on. */
const BATCHES_AHEAD = 2;

/**
 * Reads pictures, batch by batch. Those that the cache does not keep are decoded ahead of time, in TensorFlow's threads;
 * what was decoded is handed to the cache. A file that was replaced since it was looked at is read as it is now.
 *
 * @param pictures In this order.
 * @param batchSize Pictures in a batch, the last one perhaps smaller.
 * @param resizing Size, interpolation and `shrinkOnLoad`, checked.
 * @param cache For pictures of this size.
 * @returns float32 `[n, height, width, 3]`, red, green, blue, 0–255. The caller disposes each.
 * @throws {UnreadablePicture} When a picture cannot be read or decoded; nothing stays in memory then.
 *
 * @example
 * for await (const xs of pictureBatches(pictures, 32, resizing, new PictureCache(256 * 256 * 3, {}))) xs.dispose();
 */
export async function* pictureBatches(
  pictures: readonly CheckedPicture[],
  batchSize: number,
  resizing: Required<Resizing>,
  cache: PictureCache,
): AsyncGenerator<tf.Tensor4D> {
  const isStreamed = pictures.map(({ path }) => !cache.has(path));
  const streamed = pictures.filter((_, i) => isStreamed[i]);
  const stream = new PictureStream(streamed, resizing, BATCHES_AHEAD * batchSize);
  const batches = [...chunks(pictures, batchSize)];
  try {
    let upcoming = look(batches[0] ?? [], cache);
    for (const [b, batch] of batches.entries()) {
      const found = await upcoming;
      // While this batch is used, the disk is asked for the next one.
      upcoming = look(batches[b + 1] ?? [], cache);
      const images: tf.Tensor3D[] = [];
      let xs: tf.Tensor4D;
      try {
        for (const [i, picture] of batch.entries()) {
          const ahead = isStreamed[b * batchSize + i] ? await stream.next() : undefined;
          images.push(await load(picture, found[i]!, ahead, resizing, cache));
        }
        xs = stack(images);
      } finally {
        tf.dispose(images);
      }
      yield xs;
    }
  } finally {
    stream.close();
  }
}

/** A file as it is now, and its pixels if they are kept. */
interface Found {
  stamp: string | undefined;
  pixels: Float32Array | undefined;
}

/** Never throws: what is not found is read anew, and then it is told why it cannot be. */
function look(batch: readonly CheckedPicture[], cache: PictureCache): Promise<Found[]> {
  return Promise.all(
    batch.map(async ({ path }) => {
      const stamp = await currentStamp(path);
      return { stamp, pixels: await cache.get(path, stamp) };
    }),
  );
}

/** @param ahead The picture as the stream has decoded it, if it has; disposed where the file has changed since. */
async function load(
  picture: CheckedPicture,
  { stamp, pixels }: Found,
  ahead: tf.Tensor3D | undefined,
  resizing: Required<Resizing>,
  cache: PictureCache,
): Promise<tf.Tensor3D> {
  const { path } = picture;
  const [height, width] = resizing.imageSize;
  if (ahead && stamp !== picture.stamp) ahead.dispose();
  else if (ahead) return keep(ahead, picture, stamp, cache);
  if (pixels) return tf.tensor3d(pixels, [height, width, 3]);
  const decoded = decodePicture(await readPictureFile(path), show(path), resizing);
  return keep(decoded, picture, stamp, cache);
}

function keep(
  image: tf.Tensor3D,
  picture: CheckedPicture,
  stamp: string | undefined,
  cache: PictureCache,
): tf.Tensor3D {
  if (stamp !== undefined && cache.hasRoomFor(picture)) {
    cache.put(picture, stamp, image.dataSync<'float32'>());
  }
  return image;
}

/** As `tf.stack`, which would reshape each picture first. */
function stack(images: tf.Tensor3D[]): tf.Tensor4D {
  const backend = nativeBackend();
  if (!backend) return tf.stack(images) as tf.Tensor4D;
  const { TF_ATTR_INT, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: 'N', type: TF_ATTR_INT, value: images.length },
    opAttributes(backend).type('T', TF_FLOAT),
  ];
  return backend.executeSingleOutput('Pack', attributes, images) as tf.Tensor4D;
}

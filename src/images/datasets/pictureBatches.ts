import {
  castTensor,
  deleteNative,
  nativeTensor,
  stackTensors,
  tensorFromNative,
} from '../../tensorflow/native/nativeTensor';
import type { tf } from '../../tensorflow/tf';
import { chunks } from './chunks';
import { isWorthStreaming } from '../decoding/isWorthStreaming';
import { decodeNatively } from '../decoding/decodePicture';
import type { KeptTensor, PictureCache } from '../decoding/pictureCache';
import { type CheckedPicture, currentStamp, readPictureFile } from '../formats/pictureFile';
import { PictureStream } from '../decoding/pictureStream';
import type { CheckedResizing } from '../formats/resizing';
import { show } from '../../errors/show';

/** How many batches wait decoded while one is trained on. */
const BATCHES_AHEAD = 2;

/**
 * Reads pictures, batch by batch. Those that the cache does not keep are decoded ahead of time, in TensorFlow's threads;
 * what was decoded is handed to the cache. A file that was replaced since it was looked at is read as it is now.
 *
 * @param pictures in this order
 * @param batchSize pictures in a batch, the last one perhaps smaller
 * @param resizing checked
 * @param cache for pictures of this size
 * @returns float32 `[n, height, width, channels]`, 0–255. The caller disposes each
 * @throws {UnreadablePicture} when a picture cannot be read or decoded; nothing stays in memory then
 *
 * @example
 * for await (const xs of pictureBatches(pictures, 32, resizing, new PictureCache([256, 256, 3], {}))) xs.dispose();
 */
export async function* pictureBatches(
  pictures: readonly CheckedPicture[],
  batchSize: number,
  resizing: CheckedResizing,
  cache: PictureCache,
): AsyncGenerator<tf.Tensor4D> {
  const isNew = pictures.map(({ path }) => !cache.has(path));
  const streamed = pictures.filter((_, i) => isNew[i]);
  const stream = new PictureStream(
    isWorthStreaming(streamed) ? streamed : [],
    resizing,
    BATCHES_AHEAD * batchSize,
  );
  const batches = [...chunks(pictures, batchSize)];
  try {
    const lookAhead = (batch: readonly CheckedPicture[] = []) => look(batch, cache, !stream.isOpen);
    let upcoming = lookAhead(batches[0]);
    for (const [b, batch] of batches.entries()) {
      const found = await upcoming;
      // While this batch is used, the disk is asked for the next one.
      upcoming = lookAhead(batches[b + 1]);
      const images: Image[] = [];
      let xs: tf.Tensor4D;
      try {
        for (const [i, picture] of batch.entries()) {
          const ahead = isNew[b * batchSize + i] ? await stream.next() : undefined;
          images.push(await load(picture, found[i]!, ahead, resizing, cache));
        }
        xs = stack(images, resizing);
      } finally {
        for (const { id, isKept } of images) if (!isKept) deleteNative(id);
      }
      yield xs;
    }
  } finally {
    stream.close();
  }
}

/** A file as it is now, and what the cache has of it. */
interface FoundPicture {
  stamp: string | undefined;
  kept: KeptTensor | Float32Array | undefined;
  /** Its content, where it was read already. */
  bytes?: Buffer;
}

/** A tensor `[height, width, channels]` by the binding's number, and whether it belongs to the cache. */
interface Image extends KeptTensor {
  isKept: boolean;
}

/**
 * Never throws: what is not found is read anew, and then the reason is reported.
 *
 * @param reads whether files that the cache has not are read now, since no stream does
 */
function look(
  batch: readonly CheckedPicture[],
  cache: PictureCache,
  reads: boolean,
): Promise<FoundPicture[]> {
  return Promise.all(
    batch.map(async ({ path }) => {
      const stamp = await currentStamp(path);
      const kept = await cache.get(path, stamp);
      if (kept !== undefined || !reads) return { stamp, kept };
      const bytes = await readPictureFile(path).catch(() => undefined);
      return bytes ? { stamp, kept, bytes } : { stamp, kept };
    }),
  );
}

/** @param ahead the picture as the stream has decoded it, if it has; deleted where the file has changed since */
async function load(
  picture: CheckedPicture,
  { stamp, kept, bytes }: FoundPicture,
  ahead: number | undefined,
  resizing: CheckedResizing,
  cache: PictureCache,
): Promise<Image> {
  const { path } = picture;
  const keep = (id: number): Image => ({
    id,
    isBytes: false,
    isKept: stamp !== undefined && cache.put(picture, stamp, id),
  });
  if (ahead !== undefined) {
    if (stamp === picture.stamp) return keep(ahead);
    deleteNative(ahead);
  }
  if (kept instanceof Float32Array) {
    const id = nativeTensor(kept, [...resizing.imageSize, resizing.channels]);
    return { id, isBytes: false, isKept: false };
  }
  if (kept) return { ...kept, isKept: true };
  return keep(decodeNatively(bytes ?? (await readPictureFile(path)), show(path), resizing));
}

/** Bytes become float32 in one go where the whole batch is of them. */
function stack(images: readonly Image[], { imageSize, channels }: CheckedResizing): tf.Tensor4D {
  const passing: number[] = [];
  const castToFloat = (id: number) => passing[passing.push(castTensor(id, 'float32')) - 1]!;
  try {
    let batch: number;
    if (images.every(({ isBytes }) => isBytes)) {
      const bytes = stackTensors(
        images.map(({ id }) => id),
        'uint8',
      );
      passing.push(bytes);
      batch = castTensor(bytes, 'float32');
    } else {
      batch = stackTensors(
        images.map(({ id, isBytes }) => (isBytes ? castToFloat(id) : id)),
        'float32',
      );
    }
    return tensorFromNative(batch, [images.length, ...imageSize, channels]) as tf.Tensor4D;
  } finally {
    for (const id of passing) deleteNative(id);
  }
}

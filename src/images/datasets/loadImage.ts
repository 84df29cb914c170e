import path from 'node:path';
import { isUint8Array } from 'node:util/types';

import { tf } from '../../tensorflow/tf';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { decodePicture } from '../decoding/decodePicture';
import { fetchLocalPicture, isAddress } from '../formats/fetchLocalPicture';
import { readPictureFile } from '../formats/pictureFile';
import {
  type CheckedResizing,
  checkedResizing,
  RESIZING_NAMES,
  type Resizing,
} from '../formats/resizing';
import { show } from '../../errors/show';
import { warnOfOne } from './warnOfColours';

/**
 * Loads one picture, for a prediction, with the very pixel values that `imageDatasetFromDirectory` gives.
 *
 * @param picture a file's path, an address of this machine (`http://localhost…`), or the encoded picture itself (PNG,
 *   JPEG, GIF, BMP)
 * @param options see {@link Resizing}: as the network was trained. Where transparency is dropped, a sentence says so once
 * @returns float32 `[height, width, channels]`, 0–255. The caller disposes it
 * @throws {UnreadablePicture} when the file cannot be read, the address is one of another machine, it is no picture, cut off, or over 134 million pixels
 * @throws {TypeError | RangeError} when an option is wrong
 *
 * @example
 * const file = 'data/happy-or-sad/happy/noto-1f600-grinning-face.png';
 * const face = await loadImage(file, { imageSize: [150, 150] });
 * face.div(255).expandDims(0).shape; // [1, 150, 150, 3]
 * const grey = await loadImage(file, { imageSize: [48, 48], colorMode: 'grayscale' });
 * grey.shape; // [48, 48, 1]
 */
export async function loadImage(
  picture: string | Uint8Array,
  options: Resizing = {},
): Promise<tf.Tensor3D> {
  checkOptionNames('Cannot load picture', options, RESIZING_NAMES);
  await tf.ready();
  if (typeof picture === 'string') {
    const resizing = checkedResizing(`Cannot load picture ${show(picture)}`, options);
    const read = isAddress(picture) ? fetchLocalPicture : readPictureFile;
    const bytes = await read(picture);
    const folder = isAddress(picture) ? '' : path.dirname(picture);
    return decoded(bytes, show(picture), resizing, folder);
  }
  if (!isUint8Array(picture)) {
    throw new TypeError(
      `Cannot load picture: a path, a local address or a Buffer is required, got ${show(picture)}`,
    );
  }
  const resizing = checkedResizing('Cannot load picture', options);
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  return decoded(bytes, `from ${bytes.length} bytes`, resizing);
}

async function decoded(
  bytes: Buffer,
  name: string,
  resizing: CheckedResizing,
  folder = '',
): Promise<tf.Tensor3D> {
  const image = decodePicture(bytes, name, resizing);
  await warnOfOne(bytes, `The picture ${name}`, folder, resizing);
  return image;
}

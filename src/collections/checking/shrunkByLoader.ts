import { show } from '../../errors/show';
import { pictureSize } from '../../images/formats/pictureSize';
import { isWhole } from '../../images/formats/pictureType';
import { checkedResizing } from '../../images/formats/resizing';
import { UnreadablePicture } from '../../images/formats/UnreadablePicture';
import { SIDE } from './fingerprint';
import type { Reading } from './reading';
import { cutOff } from './unusable';

/** Enough to compare, where a decoder cannot shrink while it reads. */
const LARGEST_DECODED_SIDE = 1024;

/** The loader's own decoder, for what sharp does not read: on one core, and TensorFlow takes a second to load. */
export async function shrunkByLoader(
  bytes: Buffer,
  type: string,
  file: string,
  reading: Reading,
): Promise<Uint8Array> {
  const { decodePicture } = await import('../../images/decoding/decodePicture');
  const { default: sharp } = await import('sharp');
  const [width, height] = (pictureSize(bytes) as [number, number]).map((side) =>
    Math.min(side, LARGEST_DECODED_SIDE),
  ) as [number, number];
  const resizing = checkedResizing('Cannot compare pictures', {
    imageSize: [height, width],
    interpolation: 'nearest',
    background: reading.background,
    colorMode: reading.colorMode === 'rgba' ? 'rgba' : 'rgb', // a WebP is read in one of both alone
  });
  const pixels = await decoded();
  return sharp(pixels, { raw: { width, height, channels: resizing.channels } })
    .removeAlpha()
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();

  async function decoded(): Promise<Uint8Array> {
    try {
      const tensor = decodePicture(bytes, show(file), resizing);
      try {
        return Uint8Array.from(await tensor.data());
      } finally {
        tensor.dispose();
      }
    } catch (error) {
      if (!isWhole(bytes, type)) throw cutOff(error);
      throw error instanceof UnreadablePicture ? new Error(error.reason, { cause: error }) : error;
    }
  }
}

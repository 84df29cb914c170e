import type { Pixels } from '../pixels/pixels';
import { isJpeg, withoutExif } from '../pixels/withoutExif';

/** A picture that was opened. */
export interface Opened {
  pixels: Pixels;
  isJpeg: boolean;
}

/** By their first byte: pictures whose transparent pixels may hide a colour. Those of a GIF are black in the library, too. */
const HIDING: Record<number, string> = {
  0x89: 'image/png',
  0x52: 'image/webp',
  0x42: 'image/bmp',
};

/**
 * Decodes a picture file as the library does: no rotation, no colour profile, and the colours under transparent pixels stay.
 *
 * @throws {Error} when the browser reads no picture in it, or does not give these colours
 */
export async function decode(file: Blob): Promise<Opened> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const bitmap = await createImageBitmap(new Blob([withoutExif(bytes)]), {
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'none',
  }).catch(() => {
    throw new Error('no picture is in it that this browser can read (PNG, JPEG, WebP, GIF, BMP)');
  });
  const pixels = pixelsOf(bitmap);
  bitmap.close();
  const type = HIDING[bytes[0]!];
  const isOpaque = pixels.data.every((value, i) => i % 4 < 3 || value === 255);
  if (isOpaque || type === undefined) return { pixels, isJpeg: isJpeg(bytes) };
  return { pixels: await uncovered(bytes, type), isJpeg: false };
}

/** A canvas multiplies colours with alpha, so that what is transparent becomes black. */
function pixelsOf(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** What is known here of an API that TypeScript 5.0 does not know. */
interface Frame {
  codedWidth: number;
  codedHeight: number;
  format: string;
  copyTo(to: Uint8ClampedArray, options: object): Promise<unknown>;
  close(): void;
}
interface Decoder {
  decode(): Promise<{ image: Frame }>;
  close(): void;
}
type DecoderClass = new (given: object) => Decoder;

/** The pixels of a picture with the colours under transparent ones. */
async function uncovered(bytes: Uint8Array, type: string): Promise<Pixels> {
  const { ImageDecoder } = self as unknown as { ImageDecoder?: DecoderClass };
  if (!ImageDecoder) {
    throw new Error(
      'it has transparent pixels, and this browser does not give the colours under them: save it without',
    );
  }
  const settings = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };
  const decoder = new ImageDecoder({ data: bytes, type, ...settings });
  const { image } = await decoder.decode();
  const { codedWidth: width, codedHeight: height, format } = image;
  const data = new Uint8ClampedArray(width * height * 4);
  await image.copyTo(data, { layout: [{ offset: 0, stride: 4 * width }] });
  image.close();
  decoder.close();
  if (format.startsWith('BGR')) {
    for (let i = 0; i < data.length; i += 4) {
      [data[i], data[i + 2]] = [data[i + 2]!, data[i]!];
    }
  }
  return { width, height, data };
}

import { notSupported, pictureType } from './pictureType';

/**
 * Width and height from a picture's first bytes, without decoding it; Buffer's own error where the bytes end before the size.
 *
 * Layouts: PNG, W3C §11.2.1; JPEG, ITU-T T.81 §B.1 and B.2.2; GIF89a §18–24; BMP, BITMAPCOREHEADER and BITMAPINFOHEADER;
 * WebP, RFC 9649.
 */
const SIZES: Record<string, (bytes: Buffer) => [width: number, height: number]> = {
  PNG: (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)],
  JPEG: jpegSize,
  GIF: gifSize,
  BMP: bmpSize,
  WebP: webpSize,
};

/**
 * Reads how large a picture is, from its header alone.
 *
 * @param bytes the whole picture, or its beginning
 * @returns width and height in pixels; undefined when the header goes on beyond these bytes
 * @throws {Error} when the bytes are no picture that TensorFlow decodes; the message is the bare reason
 *
 * @example
 * pictureSize(await readFile('data/happy-or-sad/happy/noto-1f600-grinning-face.png')); // [150, 150]
 */
export function pictureSize(bytes: Buffer): [width: number, height: number] | undefined {
  if (bytes.length === 0) throw new Error('it is empty');
  const type = pictureType(bytes);
  const beginning = bytes.toString('latin1', 0, 12);
  // TensorFlow's DecodeImage goes by the content, and of a BMP by two letters alone.
  const sizeOf = SIZES[type?.name ?? (beginning.startsWith('BM') ? 'BMP' : '')];
  if (!sizeOf) {
    const reason = type && notSupported(type);
    if (reason !== undefined) throw new Error(reason);
    const readable = beginning.replace(/[^ -~]/g, '.');
    throw new Error(
      `it is no PNG, JPEG, GIF, BMP or WebP, it begins with ${JSON.stringify(readable)}`,
    );
  }
  try {
    return sizeOf(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a picture is a JPEG, from its first bytes. */
export function isJpeg(bytes: Buffer): boolean {
  return pictureType(bytes)?.name === 'JPEG';
}

/**
 * Whether a JPEG is of a kind that not every decoder reads: neither sequential nor progressive of Huffman codes, ITU-T
 * T.81 table B.1, or with another number of colours than 1, 3 or 4.
 *
 * @param bytes a whole JPEG
 * @throws {RangeError} Buffer's own, where its header is cut off
 */
export function isRareJpeg(bytes: Buffer): boolean {
  const at = frameOf(bytes);
  return bytes.readUInt8(at) > 0xc2 || ![1, 3, 4].includes(bytes.readUInt8(at + 8));
}

/** Whether a JPEG has the colours of print (CMYK); false where its header is cut off. */
export function hasFourColours(bytes: Buffer): boolean {
  return bytes[frameOf(bytes) + 8] === 4;
}

function jpegSize(bytes: Buffer): [number, number] {
  const at = frameOf(bytes);
  return [bytes.readUInt16BE(at + 6), bytes.readUInt16BE(at + 4)];
}

/** Where the second byte of a JPEG's frame marker is. */
function frameOf(bytes: Buffer): number {
  let at = 2;
  for (;;) {
    // As libjpeg does: stray bytes before a marker are passed over, and any number of ff may begin it.
    at = bytes.indexOf(0xff, at);
    while (bytes.readUInt8(at) === 0xff) at++;
    const marker = bytes.readUInt8(at);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return at;
    at += 1 + bytes.readUInt16BE(at + 1);
  }
}

function bmpSize(bytes: Buffer): [number, number] {
  if (bytes.readUInt32LE(14) === 12) return [bytes.readUInt16LE(18), bytes.readUInt16LE(20)];
  return [bytes.readInt32LE(18), Math.abs(bytes.readInt32LE(22))];
}

/** The first frame's size: TensorFlow decodes that, whatever the size of the screen it is said to lie on. */
function gifSize(bytes: Buffer): [number, number] {
  const { at } = gifFrame(bytes);
  return [bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7)];
}

/**
 * Goes through a GIF to its first picture.
 *
 * @returns where that begins, how many colours all pictures share, and where an extension stands that makes one transparent
 * @throws {RangeError} Buffer's own, where the bytes end before
 */
export function gifFrame(bytes: Buffer): { at: number; colours: number; transparency?: number } {
  const colours = gifColours(bytes.readUInt8(10));
  let transparency: number | undefined;
  let at = 13 + 3 * colours;
  while (bytes.readUInt8(at) === 0x21) {
    const isControl = bytes.readUInt8(at + 1) === 0xf9;
    if (isControl && bytes.readUInt8(at + 3) & 1) transparency = at;
    at += 2;
    while (bytes.readUInt8(at) > 0) at += 1 + bytes.readUInt8(at);
    at += 1;
  }
  return { at, colours, ...(transparency === undefined ? {} : { transparency }) };
}

/** How many colours stand in a table of a GIF; 0 where there is none. */
export function gifColours(flags: number): number {
  return flags & 0x80 ? 2 ** ((flags & 7) + 1) : 0;
}

function webpSize(bytes: Buffer): [number, number] {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
    }
    default:
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
  }
}

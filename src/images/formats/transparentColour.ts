import { gifColours, gifFrame } from './pictureSize';

/**
 * Says from a picture's first bytes whether it may have transparent pixels: a PNG with an alpha channel or a tRNS chunk
 * (PNG 3rd edition §11.2.1 and §11.3.1.1), a GIF whose first picture names a transparent colour (GIF89a §23), a BMP of 32
 * bits whose header gives one byte of each pixel to alpha (BITMAPV4HEADER, `bV4AlphaMask`), a WebP whose header says so
 * (RFC 9649 §2.7 and §3.4).
 *
 * @param beginning the whole picture, or its beginning; where it ends too early the answer is true
 *
 * @example
 * mayBeTransparent(await readFile('sticker.png')); // true; whether it is, hasTransparentPixels() says
 */
export function mayBeTransparent(beginning: Buffer): boolean {
  try {
    if (/^\x89PNG/.test(beginning.toString('latin1', 0, 4))) return pngMayBe(beginning);
    if (/^GIF8/.test(beginning.toString('latin1', 0, 4))) {
      return transparentColour(beginning) !== undefined;
    }
    if (/^RIFF[^]{4}WEBP/.test(beginning.toString('latin1', 0, 12))) return webpMayBe(beginning);
    return isBmp(beginning) && bmpMayBe(beginning);
  } catch {
    return true;
  }
}

function pngMayBe(bytes: Buffer): boolean {
  const hasAlphaChannel = bytes.readUInt8(25) >= 4;
  if (hasAlphaChannel) return true;
  for (let at = 8; ; at += 12 + bytes.readUInt32BE(at)) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name === 'tRNS') return true;
    if (name === 'IDAT' || name === 'IEND') return false;
  }
}

function webpMayBe(bytes: Buffer): boolean {
  const part = bytes.toString('latin1', 12, 16);
  if (part === 'VP8X') return (bytes.readUInt8(20) & 0x10) !== 0;
  return part === 'VP8L' && (bytes.readUInt8(24) & 0x10) !== 0;
}

function isBmp(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 2) === 'BM';
}

function bmpMayBe(bytes: Buffer): boolean {
  if (bytes.readUInt32LE(14) < 56 || bytes.readUInt16LE(28) !== 32) return false;
  const [BITFIELDS, ALPHABITFIELDS] = [3, 6];
  return (
    [BITFIELDS, ALPHABITFIELDS].includes(bytes.readUInt32LE(30)) &&
    bytes.readUInt32LE(66) === 0xff000000
  );
}

/**
 * The alpha of each pixel of a BMP that {@link mayBeTransparent}, 0–255, in the order in which they lie there.
 *
 * @returns undefined for a picture of another kind
 */
export function bmpAlpha(bytes: Buffer): Uint8Array | undefined {
  if (!isBmp(bytes) || !bmpMayBe(bytes)) return undefined;
  const pixels = bytes.subarray(bytes.readUInt32LE(10));
  const count = bytes.readUInt32LE(18) * Math.abs(bytes.readInt32LE(22));
  return Uint8Array.from(
    { length: Math.min(count, pixels.length >> 2) },
    (_, i) => pixels[4 * i + 3]!,
  );
}

/** Where a GIF says that a colour of its first picture is transparent, and where that colour stands. */
export interface TransparentColour {
  /** Of the byte whose lowest bit says so. */
  flag: number;
  /** Of three bytes. */
  colour: number;
}

/**
 * Finds what makes the first picture of a GIF transparent.
 *
 * @param bytes the GIF, at least up to the first picture's colours
 * @returns offsets in the bytes; undefined where no colour is transparent, or it is none of the picture's colours
 * @throws {RangeError} Buffer's own, where the bytes end before
 */
export function transparentColour(bytes: Buffer): TransparentColour | undefined {
  const { at, colours, transparency } = gifFrame(bytes);
  const own = gifColours(bytes.readUInt8(at + 9));
  const table = own > 0 ? { offset: at + 10, colours: own } : { offset: 13, colours };
  if (transparency === undefined) return undefined;
  const index = bytes.readUInt8(transparency + 6);
  if (index >= table.colours) return undefined;
  return { flag: transparency + 3, colour: table.offset + 3 * index };
}

import { crc32 } from 'node:zlib';

/** What a file is by its content, the ending that fits it, and whether the loader reads it. */
export interface PictureType {
  name: string;
  extensions: readonly string[];
  isSupported: boolean;
}

type Known = PictureType & { begins: RegExp };

/** An ISO media file's brands; HEIC and AVIF differ in nothing else. ISO/IEC 23008-12, and AVIF §6. */
const BRAND = (brands: string) => new RegExp(`^[^]{4}ftyp(?:${brands})`);

const TYPES: readonly Known[] = [
  unsupported(
    'PNG as Apple changes it for iPhone apps (CgBI)',
    ['png'],
    /^\x89PNG\r\n\x1a\n[^]{4}CgBI/,
  ),
  known('PNG', ['png'], /^\x89PNG\r\n\x1a\n/),
  known('JPEG', ['jpeg', 'jpg'], /^\xff\xd8\xff/),
  known('GIF', ['gif'], /^GIF8/),
  known('BMP', ['bmp'], /^BM[^]{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/),
  known('WebP', ['webp'], /^RIFF[^]{4}WEBP/),
  unsupported('AVIF', ['avif'], BRAND('avif|avis')),
  unsupported('HEIC', ['heic', 'heif'], BRAND('hei[cxms]|hev[cxms]|mif1|msf1')),
  unsupported(
    'SVG',
    ['svg'],
    /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^]*?|<!--[^]*?|<!DOCTYPE[^]*?)*<svg[\s>]/,
  ),
  unsupported('TIFF', ['tif', 'tiff'], /^(?:II\*\0|MM\0\*)/),
  unsupported('JPEG 2000', ['jp2', 'j2k'], /^(?:\0\0\0\x0cjP {2}|\xff\x4f\xff\x51)/),
  unsupported('JPEG XL', ['jxl'], /^(?:\xff\x0a|\0\0\0\x0cJXL )/),
];

/**
 * Says what a picture is by its content, whatever its name says.
 *
 * @param beginning the file's first bytes; 1,000 are enough
 * @returns undefined when it is none of PNG, JPEG, GIF, BMP, WebP, and of the common kinds that the loader does not take
 *
 * @example
 * pictureType(await readBeginning('face.jpg'))?.name; // 'PNG', perhaps
 */
export function pictureType(beginning: Buffer): PictureType | undefined {
  const text = beginning.toString('latin1', 0, 1000);
  return TYPES.find(({ begins }) => begins.test(text));
}

/**
 * Why a picture of a common kind cannot be used, where the loader does not take its kind.
 *
 * @param type what `pictureType` found
 * @returns the bare reason; undefined for PNG, JPEG, GIF, BMP and WebP
 *
 * @example
 * notSupported(pictureType(await readBeginning('phone.heic'))!); // 'it is HEIC, which is not supported: save it as PNG or JPEG'
 */
export function notSupported({ name, isSupported }: PictureType): string | undefined {
  return isSupported ? undefined : `it is ${name}, which is not supported: save it as PNG or JPEG`;
}

/**
 * Whether a picture's bytes go on to the end that its format prescribes, without decoding it.
 *
 * PNG: its last chunk, PNG 3rd edition §11.2.5; JPEG: the marker EOI behind the first scan, ITU-T T.81 §B.1.1.3; GIF: the
 * trailer, GIF89a §27; BMP and WebP (RFC 9649 §2.4): as many bytes as the header says.
 *
 * @param bytes the whole file
 * @param type `'PNG'`, `'JPEG'`, `'GIF'`, `'BMP'` or `'WebP'`
 *
 * @example
 * isWhole(bytes.subarray(0, bytes.length - 1), 'PNG'); // false
 */
export function isWhole(bytes: Buffer, type: string): boolean {
  switch (type) {
    case 'PNG':
      return chunksOf(bytes).at(-1)?.name === 'IEND';
    case 'JPEG':
      return bytes.lastIndexOf('\xff\xd9', undefined, 'latin1') > scanStart(bytes);
    case 'GIF':
      return bytes.at(-1) === 0x3b;
    case 'WebP':
      return bytes.length >= 8 + bytes.readUInt32LE(4);
    default:
      return bytes.length >= bytes.readUInt32LE(2);
  }
}

/**
 * Finds a chunk of a PNG that the loader would stumble over: libpng checks each checksum, other decoders do not.
 *
 * @param bytes the whole file
 * @returns the name of the first chunk that is necessary and whose checksum is wrong
 *
 * @example
 * damagedChunk(await readFile('face.png')); // undefined
 */
export function damagedChunk(bytes: Buffer): string | undefined {
  const isNecessary = (name: string) => /^[A-Z]/.test(name);
  return chunksOf(bytes).find(({ name, isIntact }) => isNecessary(name) && !isIntact())?.name;
}

/** Whether a PNG is an animation: PNG 3rd edition §11.3.6.1. */
export function isAnimatedPng(bytes: Buffer): boolean {
  return chunksOf(bytes).some(({ name }) => name === 'acTL');
}

interface Chunk {
  name: string;
  isIntact: () => boolean;
}

/** The chunks of a PNG that are there whole. */
function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const start = at + 4;
    const end = start + 4 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length) break;
    const isIntact = () => crc32(bytes.subarray(start, end)) === bytes.readUInt32BE(end);
    const name = bytes.toString('latin1', start, start + 4);
    chunks.push({ name, isIntact });
    // Whatever stands behind is no part of the picture.
    if (name === 'IEND') break;
    at = end + 4;
  }
  return chunks;
}

/** Where a JPEG's first scan begins: a thumbnail in the header has an end of its own. */
function scanStart(bytes: Buffer): number {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at + 1] !== 0xda) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) break;
    if (bytes[at + 1] === 0xff) at += 1;
    else if (bytes[at + 1] === 0xda) break;
    else if (at + 4 > bytes.length) break;
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return at < 0 ? bytes.length : at;
}

function known(name: string, extensions: string[], begins: RegExp): Known {
  return { name, extensions, begins, isSupported: true };
}

function unsupported(name: string, extensions: string[], begins: RegExp): Known {
  return { name, extensions, begins, isSupported: false };
}

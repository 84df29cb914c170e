import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { PictureProblem, ProblemKind } from './checkReport';
import { bmpColours } from '../../images/formats/bmpColours';
import { colorModeProblem } from '../../images/formats/colorMode';
import { fileProblem } from '../../files/fileProblem';
import { contrastOf } from './contrastOf';
import { fingerprint, type Fingerprint, SIDE } from './fingerprint';
import { HEADER_BYTES, MAX_PIXELS, readBeginning } from '../../images/formats/pictureFile';
import { isRareJpeg, pictureSize } from '../../images/formats/pictureSize';
import {
  damagedChunk,
  isAnimatedPng,
  isWhole,
  notSupported,
  pictureType,
  type PictureType,
} from '../../images/formats/pictureType';
import { type Reading, seenAs, transparencyProblem } from './reading';
import { show } from '../../errors/show';
import { shrunkByLoader } from './shrunkByLoader';
import { cutOff, Unusable } from './unusable';

/** A shorter side is blown up eightfold or more for the lessons' 256 pixels: nearly all that the network sees is made up. */
const LEAST_SIDE = 32;

/** What the loader takes, by name. */
export const LOADED = ['bmp', 'gif', 'jpeg', 'jpg', 'png'];

/** What is known of one file after it was looked at. */
export interface Inspection {
  problems: Pick<PictureProblem, 'kind' | 'detail'>[];
  /** SHA-256 of the bytes; where the loader reads the file. */
  digest?: string;
  /** Undefined also for a plain area. */
  fingerprint?: Fingerprint | undefined;
  /** The largest of its colour values, and how far they lie apart, of 255. */
  brightest?: number;
  contrast?: number;
}

/**
 * Looks at one file: what it is, whether the loader reads it, and what is unusual in it.
 *
 * @param file its path
 * @param reading how it will be read
 * @returns one invalid problem, or a digest, a fingerprint, and any number of suspect ones. Whatever the file is, nothing is thrown
 * @throws {Error} an AbortError, where its reading is not to go on
 *
 * @example
 * (await inspectPicture('half.jpg')).problems; // [{ kind: 'cut-off', detail: 'it ends before the picture does' }]
 */
export async function inspectPicture(
  file: string,
  reading: Reading = { colorMode: 'rgb' },
): Promise<Inspection> {
  try {
    return await inspect(file, reading);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    const kind = error instanceof Unusable ? error.kind : 'unreadable';
    return { problems: [{ kind, detail: fileProblem(error) }] };
  }
}

async function inspect(file: string, reading: Reading): Promise<Inspection> {
  const beginning = await readBeginning(file);
  if (beginning.length === 0) throw new Unusable('empty', 'it has no bytes');
  const known = pictureType(beginning);
  const type = known ?? ((await isReadAsBmp(file, beginning, reading)) ? BMP : undefined);
  const extension = path.extname(file).slice(1).toLowerCase();
  checkType(type, extension, beginning);

  const bytes = beginning.length < HEADER_BYTES ? beginning : await readFile(file);
  const size = pictureSize(bytes);
  if (!size) throw new Unusable('cut-off', 'it ends in its header');
  const [width, height] = size;
  if (width * height > MAX_PIXELS) {
    const reason = `it has ${width}×${height} pixels, and at most ${MAX_PIXELS} are decoded`;
    throw new Unusable('too-large', reason);
  }
  const refused = colorModeProblem(bytes, reading.colorMode);
  if (refused !== undefined) throw new Unusable('unsupported', refused);
  const { problems, rgb: whole } = await decode(bytes, type.name, file, reading);
  const rgb = seenAs(reading, whole);
  if (!known) {
    const detail = `it is read, but its header is damaged: that says it has ${bytes.readUInt32LE(14)} bytes itself`;
    problems.unshift({ kind: 'damaged', detail });
  }
  if (!type.extensions.includes(extension)) {
    const detail = `it is a ${type.name} named .${extension}; the loader goes by the content`;
    problems.unshift({ kind: 'wrong-extension', detail });
  }
  if (Math.min(width, height) < LEAST_SIDE) {
    const detail = `it has ${width}×${height} pixels, and a side of ${LEAST_SIDE} is the least that shows something`;
    problems.push({ kind: 'too-small', detail });
  }
  return {
    problems,
    digest: createHash('sha256').update(bytes).digest('hex'),
    fingerprint: fingerprint(rgb, Math.min(width, height)),
    ...contrastOf(rgb),
  };
}

const BMP: PictureType = { name: 'BMP', extensions: ['bmp'], isSupported: true };

/** Whether the loader takes a file for a BMP, of whose header TensorFlow looks at a few places only. */
async function isReadAsBmp(file: string, beginning: Buffer, reading: Reading): Promise<boolean> {
  if (beginning.toString('latin1', 0, 2) !== 'BM') return false;
  try {
    const bytes = await readFile(file);
    const [width, height] = pictureSize(bytes) ?? [Infinity, Infinity];
    if (width * height > MAX_PIXELS) return false;
    await shrunkByLoader(bytes, BMP.name, file, reading);
    return true;
  } catch {
    return false;
  }
}

function checkType(
  type: PictureType | undefined,
  extension: string,
  beginning: Buffer,
): asserts type is PictureType {
  const ending = extension === '' ? 'without an ending' : `named .${extension}`;
  if (!type) {
    const readable = beginning.toString('latin1', 0, 12).replace(/[^ -~]/g, '.');
    const what = LOADED.includes(extension) ? `${ending}, but ` : '';
    throw new Unusable(
      'not-a-picture',
      `it is ${what}no picture: it begins with ${show(readable)}`,
    );
  }
  const reason = notSupported(type);
  if (reason !== undefined) throw new Unusable('unsupported', reason);
  if (!LOADED.includes(extension)) {
    const reason = `it is a ${type.name} ${ending}: the loader takes names that end in .${LOADED.join(', .')}`;
    throw new Unusable('unknown-extension', reason);
  }
}

/** The picture, shrunk for its fingerprint, and what is unusual in it. */
interface Decoded {
  problems: Inspection['problems'];
  rgb: Uint8Array;
}

async function decode(
  bytes: Buffer,
  type: string,
  file: string,
  reading: Reading,
): Promise<Decoded> {
  if (type === 'BMP') {
    const rgb = await shrunkByLoader(bytes, type, file, reading);
    const problems = await transparencyProblem(bytes, reading);
    const detail = bmpColours(bytes);
    if (detail !== undefined) problems.unshift({ kind: 'bmp-colours', detail });
    return { problems, rgb };
  }
  const chunk = type === 'PNG' ? damagedChunk(bytes) : undefined;
  if (type === 'PNG' && !isWhole(bytes, type)) throw cutOff();
  if (chunk !== undefined) {
    throw new Unusable('unreadable', `its part ${show(chunk)} is damaged: the checksum is wrong`);
  }
  // Other decoders take damaged GIFs, JPEGs of rare kinds and those without an end that TensorFlow's refuses, and each WebP.
  const isDoubtful = type === 'JPEG' && (isRareJpeg(bytes) || !isWhole(bytes, type));
  if (['GIF', 'WebP'].includes(type) || isDoubtful) {
    await shrunkByLoader(bytes, type, file, reading);
  }
  try {
    return await shrunk(bytes, type, reading);
  } catch (error) {
    // The loader has the last word: it reads some of what a stricter decoder complains about.
    const rgb = await shrunkByLoader(bytes, type, file, reading);
    const [complaint = ''] = (error as Error).message.split('\n');
    const detail = `it is read, but perhaps not all of it: ${complaint}`;
    return { problems: [{ kind: 'damaged', detail }], rgb };
  }
}

/** Shrinks while decoding, in threads of its own: a photograph of 12 megapixels takes no more memory than a small one. */
async function shrunk(bytes: Buffer, type: string, reading: Reading): Promise<Decoded> {
  const { default: sharp } = await import('sharp');
  const picture = sharp(bytes, { failOn: 'warning', limitInputPixels: MAX_PIXELS });
  const { pages = 1, space, depth, orientation = 1 } = await picture.metadata();
  const [r, g, b] = reading.background ?? [];
  const laid = reading.background ? picture.flatten({ background: { r, g, b } }) : picture;
  const rgb = await laid
    // Two copies of a photograph, one turned by its EXIF data and one by a program, are one picture. The price: a copy that
    // lost its EXIF data without being turned is not known again.
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();
  const problems: Inspection['problems'] = [];
  const add = (kind: ProblemKind, detail: string) => problems.push({ kind, detail });
  if (pages > 1 || (type === 'PNG' && isAnimatedPng(bytes))) {
    add('animated', 'it is an animation; the loader takes its first picture');
  }
  if (space === 'cmyk') {
    add('cmyk', 'its colours are those of a printer (CMYK), and come out otherwise on a screen');
  }
  problems.push(...(await transparencyProblem(bytes, reading)));
  if (depth === 'ushort') {
    add('16-bit', 'it has 16 bits a channel; the loader keeps 8');
  }
  if (orientation > 1) {
    const said = `its EXIF data say that it is to be turned (orientation ${orientation})`;
    add('exif-rotation', `${said}; the loader, like that of Keras, does not turn it`);
  }
  return { problems, rgb };
}

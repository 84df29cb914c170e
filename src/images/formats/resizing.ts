import type { Channels } from '../../tensorflow/decoding/decodeImage';
import type { OptionNames } from '../../errors/checkOptionNames';
import { type Background, checkedBackground, type Rgb } from './background';
import { channelsOf, COLOR_MODES, type ColorMode } from './colorMode';
import { checkWord } from '../../errors/checkWord';
import { show } from '../../errors/show';

/** How a picture is brought to the size and the colours that a network takes. */
export interface Resizing {
  /** `[height, width]` in pixels; `[256, 256]` when left out. Proportions are kept by the two options below alone. */
  imageSize?: readonly [height: number, width: number];
  /** `'bilinear'`, smooth, when left out; `'nearest'` copies the nearest pixel. */
  interpolation?: 'bilinear' | 'nearest';
  /** Cuts away what is too high or too wide, and keeps the middle; false when left out, as in Keras. */
  cropToAspectRatio?: boolean;
  /** Puts the whole picture in the middle, with black beside it or above and below; false when left out, as in Keras. */
  padToAspectRatio?: boolean;
  /**
   * Decodes a JPEG that is much larger than `imageSize` at a half, a quarter or an eighth of its size, which takes much
   * less time. The pixels are smoother and **not** those of Keras: a network must be trained and asked with the same
   * setting, `input.shrinkOnLoad` of its `Classifier`. False when left out.
   */
  shrinkOnLoad?: boolean;
  /**
   * What a PNG or GIF with transparent pixels is laid on, before it is resized: `'white'`, `'black'`, `'#ffcc00'` or
   * `[red, green, blue]`. When left out transparency is dropped, as Keras does: the colours hidden under it show, mostly
   * black, and a sentence says so once a folder. A network must be trained and asked with the same one.
   */
  background?: Background;
  /**
   * `'rgb'`, red, green and blue, when left out; `'grayscale'`, one grey, also of pictures in colour; `'rgba'`, with alpha,
   * where a background has no sense. As in Keras no GIF is read in another one than `'rgb'`, no BMP, nor a JPEG in CMYK, as
   * grey, and no JPEG with alpha.
   */
  colorMode?: ColorMode;
}

/** The names of these options. */
export const RESIZING_NAMES: OptionNames<Resizing> = {
  imageSize: true,
  interpolation: true,
  cropToAspectRatio: true,
  padToAspectRatio: true,
  shrinkOnLoad: true,
  background: true,
  colorMode: true,
};

/** Resizing with the defaults filled in, and the channels of its color mode; without a background transparency is dropped. */
export type CheckedResizing = Required<Omit<Resizing, 'background'>> & {
  background?: Rgb;
  channels: Channels;
};

/**
 * Fills in and checks the options of resizing.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when `imageSize` is no pair of numbers, one of the others neither true nor false, both keep proportions,
 *   or there is a background beside alpha
 * @throws {RangeError} when a side is no whole number ≥ 1, a word is none of those allowed, or the background no colour
 *
 * @example
 * checkedResizing('Cannot load pictures', { imageSize: [150, 150] }); // … interpolation: 'bilinear', shrinkOnLoad: false, …
 */
export function checkedResizing(
  action: string,
  {
    imageSize = [256, 256],
    interpolation = 'bilinear',
    cropToAspectRatio = false,
    padToAspectRatio = false,
    shrinkOnLoad = false,
    background,
    colorMode = 'rgb',
  }: Resizing,
): CheckedResizing {
  const isPair = Array.isArray(imageSize) && imageSize.length === 2;
  if (!isPair || imageSize.some((side) => typeof side !== 'number')) {
    throw new TypeError(`${action}: imageSize must be [height, width], got ${show(imageSize)}`);
  }
  if (imageSize.some((side) => !Number.isInteger(side) || side < 1)) {
    throw new RangeError(
      `${action}: imageSize must be two whole numbers from 1, got ${show(imageSize)}`,
    );
  }
  checkWord(action, 'interpolation', interpolation, ['bilinear', 'nearest']);
  checkWord(action, 'colorMode', colorMode, COLOR_MODES);
  const switches = { cropToAspectRatio, padToAspectRatio, shrinkOnLoad };
  for (const [name, value] of Object.entries(switches)) {
    if (typeof value === 'boolean') continue;
    throw new TypeError(`${action}: ${name} must be true or false, got ${show(value)}`);
  }
  if (cropToAspectRatio && padToAspectRatio) {
    throw new TypeError(
      `${action}: only one of cropToAspectRatio and padToAspectRatio can be true, got both`,
    );
  }
  const rgb = checkedBackground(action, background);
  if (rgb && colorMode === 'rgba') {
    throw new TypeError(
      `${action}: a background has no sense with colorMode "rgba", where the network gets the transparency itself, got ${show(background)}`,
    );
  }
  const channels = channelsOf(colorMode);
  const colours = { colorMode, channels, ...(rgb ? { background: rgb } : {}) };
  return { imageSize, interpolation, ...switches, ...colours };
}

/** Whether transparency is dropped, so that the colours hidden under it show. */
export function dropsAlpha(resizing: Pick<CheckedResizing, 'background' | 'colorMode'>): boolean {
  return !resizing.background && resizing.colorMode !== 'rgba';
}

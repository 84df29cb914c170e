import type { Channels } from '../../tensorflow/decoding/decodeImage';
import { show } from '../../errors/show';
import { hasFourColours } from './pictureSize';
import { pictureType } from './pictureType';
import { mayBeTransparent } from './transparentColour';

const CHANNELS = { grayscale: 1, rgb: 3, rgba: 4 } as const satisfies Record<string, Channels>;

/** What of a picture's colours a network gets, as Keras' `color_mode`: one grey, red, green and blue, or these and alpha. */
export type ColorMode = keyof typeof CHANNELS;

export const COLOR_MODES = Object.keys(CHANNELS) as [ColorMode, ...ColorMode[]];

/**
 * How many numbers each pixel has.
 *
 * @param colorMode Keras' default, `'rgb'`, when left out
 *
 * @example
 * channelsOf('grayscale'); // 1
 */
export function channelsOf(colorMode: ColorMode = 'rgb'): Channels {
  return CHANNELS[colorMode];
}

/** The color mode of pictures with so many channels; undefined where there is none. */
export function colorModeOf(channels: number | null | undefined): ColorMode | undefined {
  return COLOR_MODES.find((mode) => CHANNELS[mode] === channels);
}

/**
 * Says why TensorFlow, and so Keras, does not decode a picture in a color mode.
 *
 * @param bytes the picture, or its beginning as far as the size
 * @returns the bare reason; undefined where it does
 */
export function colorModeProblem(bytes: Buffer, colorMode: ColorMode): string | undefined {
  const kind = pictureType(bytes)?.name ?? '';
  const isPrint = kind === 'JPEG' && hasFourColours(bytes);
  const refused: Record<ColorMode, string[]> = {
    grayscale: ['GIF', 'BMP', 'WebP', ...(isPrint ? ['JPEG'] : [])],
    rgb: [],
    rgba: ['GIF', 'JPEG', ...(mayBeTransparent(bytes) ? [] : ['WebP'])],
  };
  if (!refused[colorMode].includes(kind)) return undefined;
  const what = isPrint && colorMode === 'grayscale' ? 'JPEG in the colours of print (CMYK)' : kind;
  return `it is a ${what}, which the loader, like that of Keras, does not read with colorMode ${show(colorMode)}: save it as PNG`;
}

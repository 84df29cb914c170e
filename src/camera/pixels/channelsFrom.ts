import { luma } from '../../images/formats/luma';
import type { CheckedResizing } from '../../images/formats/resizing';
import type { Pixels } from './pixels';

/** Pixels with the channels that a network takes. */
export interface Channels {
  count: number;
  width: number;
  data: Uint8ClampedArray;
}

/**
 * Takes the channels of a color mode out of a picture, on a background where one is set; otherwise transparency is dropped, and
 * the colours hidden under it show, as Keras' loader does.
 *
 * @param isJpeg its decoder rounds greys, where that of PNGs leaves out what is behind the point
 */
export function channelsFrom(
  { width, data }: Pixels,
  { background, channels: count }: Pick<CheckedResizing, 'background' | 'channels'>,
  isJpeg: boolean,
): Channels {
  if (count === 4) return { count, width, data };
  const taken = new Uint8ClampedArray((data.length / 4) * count);
  const ground = background && count === 1 ? [luma(...background)] : background;
  const greyOf = isJpeg ? roundedGrey : cutGrey;
  for (let from = 0, to = 0; from < data.length; from += 4) {
    const [red, green, blue] = [data[from]!, data[from + 1]!, data[from + 2]!];
    const values = count === 1 ? [greyOf(red, green, blue)] : [red, green, blue];
    const alpha = data[from + 3]!;
    for (let c = 0; c < count; c++) {
      const value = values[c]!;
      taken[to++] =
        ground && alpha < 255
          ? Math.round((value * alpha + ground[c]! * (255 - alpha)) / 255)
          : value;
    }
  }
  return { count, width, data: taken };
}

/** In 32768ths, as libpng's `png_set_rgb_to_gray` has them, whose rest is for blue. */
const [RED, GREEN] = [Math.floor(0.299 * 32768), Math.floor(0.587 * 32768)] as const;
const BLUE = 32768 - RED - GREEN;

const cutGrey = (red: number, green: number, blue: number): number =>
  red === green && green === blue ? red : (RED * red + GREEN * green + BLUE * blue) >> 15;

const roundedGrey = (red: number, green: number, blue: number): number =>
  Math.round(luma(red, green, blue));

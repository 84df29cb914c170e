import { fittingOf } from '../../images/decoding/fittingOf';
import type { CheckedResizing } from '../../images/formats/resizing';
import type { Box } from '../../tensorflow/decoding/decodeImage';
import { channelsFrom, type Channels } from './channelsFrom';
import type { Pixels } from './pixels';

/**
 * Brings a decoded picture to the size and the colours that a network takes, with the values that `loadImage` gives of the same
 * pixels. It needs no TensorFlow, so that the values are the same whatever computes the network.
 *
 * @param isJpeg greys are rounded as the decoder of JPEGs does, not as that of PNGs
 * @returns `[height, width, channels]`, 0–255
 */
export function inputFrom(pixels: Pixels, resizing: CheckedResizing, isJpeg = false): Float32Array {
  const { imageSize, interpolation } = resizing;
  const [height, width] = imageSize;
  const channels = channelsFrom(pixels, resizing, isJpeg);
  const whole = { top: 0, left: 0 };
  const fit = fittingOf([pixels.width, pixels.height], 1, resizing);
  const from = fit.crop ?? { ...whole, width: pixels.width, height: pixels.height };
  const to = fit.frame ?? { ...whole, width, height };
  const input = new Float32Array(height * width * channels.count);
  const resize = interpolation === 'nearest' ? nearest : bilinear;
  resize(channels, from, input, to, width);
  return input;
}

/** Of a pixel's place in the new size the one in the old size, as TensorFlow's `half_pixel_centers`. */
type Places = Array<{ below: number; above: number; share: number }>;

function placesOf(from: number, to: number): Places {
  const scale = Math.fround(from / to);
  return Array.from({ length: to }, (_, i) => {
    const place = Math.fround((i + 0.5) * scale - 0.5);
    const floor = Math.floor(place);
    return {
      below: Math.max(floor, 0),
      above: Math.min(Math.ceil(place), from - 1),
      share: place - floor,
    };
  });
}

/** Source: TensorFlow's op ResizeBilinear, tensorflow/core/kernels/image/resize_bilinear_op.cc */
function bilinear(
  { count, data, width: stride }: Channels,
  from: Box,
  input: Float32Array,
  to: Box,
  width: number,
): void {
  const [rows, columns] = [placesOf(from.height, to.height), placesOf(from.width, to.width)];
  rows.forEach((row, y) => {
    const upper = (from.top + row.below) * stride + from.left;
    const lower = (from.top + row.above) * stride + from.left;
    columns.forEach((column, x) => {
      const at = count * ((to.top + y) * width + to.left + x);
      for (let c = 0; c < count; c++) {
        const value = (pixel: number) => data[count * pixel + c]!;
        const [left, right] = [value(upper + column.below), value(lower + column.below)];
        const top = left + (value(upper + column.above) - left) * column.share;
        const bottom = right + (value(lower + column.above) - right) * column.share;
        input[at + c] = top + (bottom - top) * row.share;
      }
    });
  });
}

/** Source: TensorFlow's op ResizeNearestNeighbor with half_pixel_centers */
function nearest(
  { count, data, width: stride }: Channels,
  from: Box,
  input: Float32Array,
  to: Box,
  width: number,
): void {
  const place = (i: number, old: number, size: number) =>
    Math.min(Math.floor(Math.fround((i + 0.5) * Math.fround(old / size))), old - 1);
  for (let y = 0; y < to.height; y++) {
    const row = (from.top + place(y, from.height, to.height)) * stride + from.left;
    for (let x = 0; x < to.width; x++) {
      const pixel = row + place(x, from.width, to.width);
      const at = count * ((to.top + y) * width + to.left + x);
      for (let c = 0; c < count; c++) input[at + c] = data[count * pixel + c]!;
    }
  }
}

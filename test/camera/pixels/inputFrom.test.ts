import sharp from 'sharp';
import { inputFrom } from '../../../src/camera/pixels/inputFrom';
import { rescaled } from '../../../src/camera/pixels/rescaled';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { checkedResizing, type Resizing } from '../../../src/images/formats/resizing';
import { toInput, type Rescale } from '../../../src/models/toInput';
import { tf } from '../../../src/tensorflow/tf';
import { speckled } from '../../support/pictures';

/** A picture as a file, and what a browser decodes of it. */
async function picture(width: number, height: number, channels: 3 | 4, type: 'png' | 'jpeg') {
  const drawn = speckled(width, height, channels);
  // Of what is too colourful for red, green and blue a JPEG keeps another grey.
  const bytes = await (
    type === 'jpeg' ? drawn.blur(3).modulate({ saturation: 0.3 }).jpeg() : drawn.png()
  ).toBuffer();
  const data = await sharp(bytes).ensureAlpha().raw().toBuffer();
  return { bytes, pixels: { width, height, data: new Uint8ClampedArray(data) } };
}

const SIZES: Array<[width: number, height: number]> = [
  [31, 20],
  [7, 40],
];
const RESIZINGS: Resizing[] = [
  {},
  { interpolation: 'nearest' },
  { cropToAspectRatio: true },
  { padToAspectRatio: true },
  { colorMode: 'rgba' },
  { colorMode: 'grayscale' },
  { background: '#40c0ff' },
  { background: '#40c0ff', colorMode: 'grayscale', cropToAspectRatio: true },
];

test.each(RESIZINGS)('inputFrom() gives the values of loadImage() with %j', async (options) => {
  for (const imageSize of [
    [16, 12],
    [50, 60],
  ] as const) {
    for (const [width, height] of SIZES) {
      const { bytes, pixels } = await picture(width, height, 4, 'png');
      const resizing = { ...options, imageSize };
      const expected = await loadImage(bytes, resizing);
      const input = inputFrom(pixels, checkedResizing('Cannot test', resizing));
      expect(largestDifference(input, expected)).toBeLessThan(1e-3);
      expected.dispose();
    }
  }
});

test('inputFrom() rounds the greys of a JPEG as its decoder does', async () => {
  const { bytes, pixels } = await picture(40, 30, 3, 'jpeg');
  const resizing = { imageSize: [30, 40], colorMode: 'grayscale' } as const;
  const expected = await loadImage(bytes, resizing);
  const input = inputFrom(pixels, checkedResizing('Cannot test', resizing), true);
  // A JPEG holds its grey itself; a browser has it only from the rounded red, green and blue.
  expect(largestDifference(input, expected)).toBeLessThanOrEqual(1);
  expected.dispose();
});

const RESCALES: Rescale[] = [
  'none',
  { scale: 1 / 255 },
  { scale: 2, offset: -1 },
  { divisor: 127.5, mean: 1 },
  { divisor: 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  { divisor: 2, std: 3 },
];

test.each(RESCALES)('rescaled() gives the values of toInput() with %j', (rescale) => {
  const values = Float32Array.from({ length: 12 }, (_, i) => i * 23);
  const expected = tf.tidy(() => toInput(tf.tensor3d(values, [2, 2, 3]), rescale).dataSync());
  expect(Array.from(rescaled(values, rescale, 3))).toEqual(
    Array.from(expected, (value) => expect.closeTo(value, 4) as number),
  );
});

function largestDifference(input: Float32Array, expected: tf.Tensor): number {
  const values = expected.dataSync();
  expect(input).toHaveLength(values.length);
  return Math.max(...input.map((value, i) => Math.abs(value - values[i]!)));
}

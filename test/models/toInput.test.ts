import { type Rescale, toInput } from '../../src/models/toInput';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';

const ALL = Array.from({ length: 256 }, (_, i) => i);

/** Every value 0–255 in each of three channels. */
const everyValue = () =>
  tf.tensor4d(
    ALL.flatMap((i) => [i, 255 - i, (i * 7) % 256]),
    [1, 16, 16, 3],
  );

function valuesOf(rescale: Rescale): number[] {
  return tf.tidy(() => Array.from(toInput(everyValue(), rescale).dataSync()));
}

// What Keras makes of the same values: its layer, and preprocess_input of two applications.
const BY_KERAS = `
import json, sys, numpy as np, keras
values = np.array(json.loads(sys.argv[1]), 'float32').reshape(1, 16, 16, 3)
made = {
  'scale': keras.layers.Rescaling(1 / 255)(values),
  'offset': keras.layers.Rescaling(1 / 127.5, offset=-1)(values),
  'tf': keras.applications.mobilenet_v2.preprocess_input(values.copy()),
  'torch': keras.applications.densenet.preprocess_input(values.copy()),
  'divisor': values / 255,
}
print(json.dumps({name: np.array(each).flatten().tolist() for name, each in made.items()}))
`;

test('toInput() gives, to the last bit, the values that Keras gives for every pixel value', async () => {
  const values = tf.tidy(() => Array.from(everyValue().dataSync()));
  const keras = await runPython<Record<string, number[]>>(BY_KERAS, [JSON.stringify(values)]);
  expect({
    scale: valuesOf({ scale: 1 / 255 }),
    offset: valuesOf({ scale: 1 / 127.5, offset: -1 }),
    tf: valuesOf({ divisor: 127.5, mean: 1 }),
    torch: valuesOf({ divisor: 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }),
    divisor: valuesOf({ divisor: 255 }),
  }).toEqual(keras);
});

test('toInput() with "none" gives the values as they are, as a tensor of its own', () => {
  const pixels = everyValue();
  const same = toInput(pixels, 'none');
  expect(Array.from(same.dataSync())).toEqual(Array.from(pixels.dataSync()));
  same.dispose();
  expect(pixels.isDisposed).toBe(false);
  pixels.dispose();
});

test('toInput() leaks nothing and leaves the pixels alone', () => {
  const pixels = everyValue();
  const before = tf.memory().numTensors;
  for (const rescale of [
    'none',
    { scale: 2, offset: 1 },
    { divisor: 2, mean: [1, 2, 3], std: 2 },
  ] as const) {
    toInput(pixels, rescale).dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
  expect(pixels.isDisposed).toBe(false);
  pixels.dispose();
});

test('toInput() takes one number for grey, and four with alpha', () => {
  // By hand: (100 / 50 − 1) / 4 = 0.25.
  const values = (rescale: Rescale, pixels: number[]) =>
    tf.tidy(() => [...toInput(tf.tensor3d(pixels, [1, 1, pixels.length]), rescale).dataSync()]);
  expect(values({ divisor: 50, mean: [1], std: [4] }, [100])).toEqual([0.25]);
  expect(values({ divisor: 50, mean: [1, 2, 0, 0], std: [4, 4, 1, 2] }, [100, 50, 50, 50])).toEqual(
    [...[0.25, -0.25], ...[1, 0.5]],
  );
});

test.each<[number, Rescale, string]>([
  [
    1,
    { divisor: 255, mean: [1, 2, 3] },
    'rescale.mean must be a number, or one for each channel, of which pictures of colorMode "grayscale" have 1, got [ 1, 2, 3 ]',
  ],
  [
    3,
    { divisor: 255, mean: 1, std: [1] },
    'rescale.std must be a number, or one for each channel, of which pictures of colorMode "rgb" have 3, got [ 1 ]',
  ],
  [
    4,
    { divisor: 255, mean: [1, 2, 3] },
    'of which pictures of colorMode "rgba" have 4, got [ 1, 2, 3 ]',
  ],
])('toInput() throws when %i channels are to be rescaled by %j', (channels, rescale, reason) => {
  const pixels = tf.zeros([1, 1, channels]);
  expect(() => toInput(pixels, rescale)).toThrow(reason);
  pixels.dispose();
});

test('toInput() throws on what it does not know', () => {
  const pixels = tf.zeros([1, 1, 3]);
  expect(() => toInput(pixels, { mean: 1 } as never)).toThrow(
    'Cannot rescale pictures: rescale must be "none", { scale, offset } or { divisor, mean, std }, got { mean: 1 }',
  );
  pixels.dispose();
});

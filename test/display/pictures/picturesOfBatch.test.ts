import { picturesOfBatch } from '../../../src/display/pictures/picturesOfBatch';
import { tf } from '../../../src/tensorflow/tf';

const twoPictures = [0, 51, 102, 153, 204, 255, 255, 204, 153, 102, 51, 0];

test('picturesOfBatch() takes the pictures out, in either range', async () => {
  const batch = tf.tensor4d(twoPictures, [2, 1, 2, 3]);
  const rescaled = batch.div<tf.Tensor4D>(255);
  for (const pictures of [
    await picturesOfBatch(batch, [0, 255]),
    await picturesOfBatch(rescaled, [0, 1]),
  ]) {
    expect(pictures.map(({ pixels, ...size }) => ({ ...size, pixels: [...pixels] }))).toEqual([
      { width: 2, height: 1, pixels: twoPictures.slice(0, 6) },
      { width: 2, height: 1, pixels: twoPictures.slice(6) },
    ]);
  }
  tf.dispose([batch, rescaled]);
});

test('picturesOfBatch() takes grey pictures out, and those with alpha', async () => {
  const [grey, rgba] = [
    tf.tensor4d([0, 51], [2, 1, 1, 1]),
    tf.tensor4d([1, 0, 0, 0.2], [1, 1, 1, 4]),
  ];
  const pixelsOf = async (batch: tf.Tensor4D, range: readonly [0, 255] | readonly [0, 1]) =>
    (await picturesOfBatch(batch, range)).map(({ pixels }) => [...pixels]);
  expect(await pixelsOf(grey, [0, 255])).toEqual([
    [0, 0, 0],
    [51, 51, 51],
  ]);
  expect(await pixelsOf(rgba, [0, 1])).toEqual([[255, 204, 204]]);
  tf.dispose([grey, rgba]);
});

test('picturesOfBatch() neither disposes nor leaks a tensor', async () => {
  const batch = tf.zeros<tf.Rank.R4>([2, 2, 2, 3]);
  const before = tf.memory().numTensors;
  await picturesOfBatch(batch, [0, 1]);
  expect(tf.memory().numTensors).toBe(before);
  expect(batch.isDisposed).toBe(false);
  batch.dispose();
});

test.each([255, -1, 1.01, NaN])(
  'picturesOfBatch() throws when a value is %p in 0–1',
  async (value) => {
    const batch = tf.fill<tf.Rank.R4>([1, 1, 1, 3], value);
    await expect(picturesOfBatch(batch, [0, 1])).rejects.toThrow(
      /^Cannot draw the batch: every value must lie in its range \[0, 1\], got /,
    );
    batch.dispose();
  },
);

test('picturesOfBatch() forgives float32 a hair', async () => {
  const batch = tf.fill<tf.Rank.R4>([1, 1, 1, 3], 1.000001);
  expect([...((await picturesOfBatch(batch, [0, 1]))[0]?.pixels ?? [])]).toEqual([255, 255, 255]);
  batch.dispose();
});

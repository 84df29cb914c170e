import type { ImageBatch } from '../../src/images/datasets/imageBatch';
import { augment } from '../../src/models/augment';
import {
  mixUp,
  randomBrightness,
  randomFlip,
  randomRotation,
} from '../../src/models/augmentingLayers';
import { tf } from '../../src/tensorflow/tf';

/** Two batches of four pictures, 3 × 3, whose values and labels are their number, from 0 on. */
function pictures(labels: 'float32' | 'int32' = 'float32'): tf.data.Dataset<ImageBatch> {
  function* batches(): Generator<ImageBatch> {
    for (const first of [0, 4]) {
      yield tf.tidy(() => {
        const numbers = tf.range(first, first + 4);
        const ys = numbers.reshape([4, 1]).cast(labels);
        return { xs: numbers.reshape([4, 1, 1, 1]).tile([1, 3, 3, 1]) as tf.Tensor4D, ys };
      });
    }
  }
  return Object.assign(tf.data.generator(batches as never), {
    size: 2,
  }) as tf.data.Dataset<ImageBatch>;
}

/** The first pixel of each picture of a pass. */
async function look(dataset: tf.data.Dataset<ImageBatch>): Promise<number[]> {
  const firsts: number[] = [];
  await dataset.forEachAsync(({ xs, ys }) => {
    const corner = xs.slice([0, 0, 0, 0], [-1, 1, 1, 1]);
    firsts.push(...corner.dataSync());
    tf.dispose([xs, ys, corner]);
  });
  return firsts;
}

/** What a training got: a list for each epoch. */
async function seenByTraining(
  dataset: tf.data.Dataset<ImageBatch>,
  epochs: { epochs: number; initialEpoch?: number },
): Promise<number[][]> {
  const model = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [3, 3, 1] }), tf.layers.dense({ units: 1 })],
  });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const seen: number[] = [];
  const noted = dataset.map((batch) => {
    seen.push(...batch.xs.slice([0, 0, 0, 0], [-1, 1, 1, 1]).dataSync());
    return batch;
  });
  await model.fitDataset(noted, { ...epochs, verbose: 0 });
  model.dispose();
  return Array.from({ length: seen.length / 8 }, (_, i) => seen.slice(8 * i, 8 * i + 8));
}

const lighter = (seed: number) =>
  augment(pictures(), [randomBrightness({ factor: 0.5 })], { seed });

test('another pass brings other pictures, and the same seed the same passes', async () => {
  const [once, again, other] = [lighter(1), lighter(1), lighter(2)];
  const first = await look(once);
  const second = await look(once);
  expect(first).toHaveLength(8);
  expect(second).not.toEqual(first);
  expect([await look(again), await look(again)]).toEqual([first, second]);
  expect(await look(other)).not.toEqual(first);
});

test('the pictures of an epoch do not depend on what was looked at before, nor on where a training began', async () => {
  const whole = await seenByTraining(lighter(1), { epochs: 3 });
  expect(new Set(whole.map(String)).size).toBe(3);
  const looked = lighter(1);
  await look(looked);
  expect(await seenByTraining(looked, { epochs: 2 })).toEqual(whole.slice(0, 2));
  expect(await seenByTraining(lighter(1), { epochs: 3, initialEpoch: 2 })).toEqual(whole.slice(2));
});

test('pictures that map has rescaled are augmented, too', async () => {
  const rescaled = pictures().map(({ xs, ys }) => ({ xs: xs.div(8), ys }));
  const darker = randomBrightness({ factor: [-0.5, -0.4], valueRange: [0, 1] });
  const [first] = await augment(rescaled, [darker], { seed: 1 }).take(1).toArray();
  // 3 / 8, less 0.4 to 0.5, is below 0
  expect(Math.max(...first!.xs.dataSync())).toBe(0);
});

test('layers of one kind draw apart', async () => {
  const seen = await look(
    augment(
      pictures(),
      [randomBrightness({ factor: [0, 0.1] }), randomBrightness({ factor: [-0.1, 0] })],
      { seed: 1 },
    ),
  );
  // Drawn alike, one would be the other's opposite but for a constant.
  expect(new Set(seen.map((value, i) => (value - i).toFixed(2))).size).toBeGreaterThan(4);
});

test('the given dataset stays as it is, and nothing is left behind', async () => {
  const given = pictures();
  await look(augment(given, [randomFlip(), randomRotation({ factor: 0.1 }), mixUp()], { seed: 1 }));
  const before = tf.memory().numTensors;
  await look(augment(given, [randomFlip(), randomRotation({ factor: 0.1 }), mixUp()], { seed: 1 }));
  expect(await look(given)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(tf.memory().numTensors).toBe(before);
  expect(augment(given, [randomFlip()]).size).toBe(2);
});

test('mixUp() makes the labels as much of two classes as the pictures', async () => {
  const mixed = augment(pictures(), [mixUp({ alpha: 1 })], { seed: 1 });
  const found: number[] = [];
  await mixed.forEachAsync(({ xs, ys }) => {
    const [values, labels] = [xs.mean([1, 2, 3]).dataSync(), ys.dataSync()];
    values.forEach((value, i) => expect(value).toBeCloseTo(labels[i]!, 5));
    found.push(...values);
  });
  expect(found.filter((value) => !Number.isInteger(value)).length).toBeGreaterThan(4);
  // Each batch is mixed within itself.
  expect(Math.max(...found.slice(0, 4))).toBeLessThanOrEqual(3);
  expect(Math.min(...found.slice(4))).toBeGreaterThanOrEqual(4);
});

test('what cannot be augmented is refused in a sentence', async () => {
  expect(() => augment(pictures(), [])).toThrow(
    'Cannot augment: a list of layers such as randomFlip() is required, got []',
  );
  expect(() => augment(pictures(), randomFlip() as never)).toThrow(
    'Cannot augment: a list of layers such as randomFlip() is required, got a layer alone',
  );
  expect(() => augment([1] as never, [randomFlip()])).toThrow(
    'Cannot augment: a dataset of pictures and labels is required, got [ 1 ]',
  );
  expect(() => augment(pictures(), [tf.layers.flatten()])).toThrow(
    'a layer must be one of RandomBrightness, RandomContrast, RandomErasing, RandomFlip, RandomRotation, RandomTranslation, RandomZoom, MixUp, channels last, got Flatten',
  );
  expect(() => augment(pictures(), [randomFlip()], { seed: 0.5 })).toThrow(
    'Cannot augment: seed must be a whole number from 0, got 0.5',
  );
  const rows = pictures().map(({ xs, ys }) => ({ xs: xs.reshape([4, 9]), ys }));
  await expect(augment(rows, [randomFlip()]).toArray()).rejects.toThrow(
    'Cannot augment: batches of pictures [n, height, width, channels] are required, got [4, 9]',
  );
  await expect(look(augment(pictures('int32'), [mixUp()]))).rejects.toThrow(
    'Cannot mix up labels: labelMode must be "binary" or "categorical", whose labels can be parts of a class, got labels of int32',
  );
});

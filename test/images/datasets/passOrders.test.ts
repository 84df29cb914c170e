import { rm } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { imageDatasetFromFiles } from '../../../src/images/datasets/imageDatasetFromFiles';
import { PassOrders } from '../../../src/images/datasets/passOrders';
import type { ImageDataset } from '../../../src/images/datasets/pictureDataset';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, png } from '../../support/pictures';

let folder = '';
/** Twelve pictures whose red tells them apart. */
const reds = Array.from({ length: 12 }, (_, i) => 20 * i);
beforeAll(async () => {
  const files = reds.map(async (red, i) => [`${i % 2 ? 'sad' : 'happy'}/${i}.png`, await png(red)]);
  folder = await folderWith(Object.fromEntries(await Promise.all(files)));
});
afterAll(() => rm(folder, { recursive: true }));

const options = { imageSize: [2, 2], batchSize: 5, labelMode: 'binary' } as const;
const load = (seed = 1) => imageDatasetFromDirectory(folder, { ...options, seed });

async function redsOf(dataset: tf.data.Dataset<{ xs: tf.Tensor }>): Promise<number[]> {
  const seen: number[] = [];
  await dataset.forEachAsync(({ xs }) => void seen.push(...firstReds(xs)));
  return seen;
}

const firstReds = (xs: tf.Tensor) =>
  tf.tidy(() => [...xs.slice([0, 0, 0, 0], [-1, 1, 1, 1]).dataSync()]);

interface Train {
  epochs: number;
  initialEpoch?: number;
  onEpochEnd?: () => Promise<unknown>;
}

/** Trains for some epochs and gives the pictures of each in the order in which they were trained on. */
async function ordersOf(dataset: ImageDataset, { onEpochEnd, ...train }: Train) {
  const passes: number[][] = [];
  const watched = dataset.map((batch) => {
    passes.at(-1)!.push(...firstReds(batch.xs));
    return batch;
  });
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [2, 2, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
  const follow = new tf.CustomCallback({
    onEpochBegin: async () => void passes.push([]),
    onEpochEnd: async () => void (await onEpochEnd?.()),
  });
  await model.fitDataset(watched, { ...train, verbose: 0, callbacks: [follow] });
  model.dispose();
  return passes;
}

test("a training's epochs have the same orders, whatever was looked at before", async () => {
  const fresh = await ordersOf(await load(), { epochs: 3 });
  expect(new Set(fresh.map(String)).size).toBe(3);
  for (const pass of fresh) expect([...pass].sort((a, b) => a - b)).toEqual(reds);
  const looked = await load();
  tf.dispose(await looked.take(1).toArray());
  await redsOf(looked);
  expect(await ordersOf(looked, { epochs: 3 })).toEqual(fresh);
  expect(await ordersOf(await load(2), { epochs: 3 })).not.toEqual(fresh);
});

test('the pictures of a list have the orders of their seed too', async () => {
  const pictures = reds.map((_, i) => ({
    path: path.join(folder, `${i % 2 ? 'sad' : 'happy'}/${i}.png`),
    label: i % 2,
  }));
  const listed = () =>
    imageDatasetFromFiles(pictures, { ...options, classNames: ['happy', 'sad'], seed: 1 });
  const fresh = await ordersOf(await listed(), { epochs: 2 });
  const looked = await listed();
  await redsOf(looked);
  expect(await ordersOf(looked, { epochs: 2 })).toEqual(fresh);
});

test('a second training begins with the order of the first epoch again', async () => {
  const dataset = await load();
  const first = await ordersOf(dataset, { epochs: 2 });
  expect(await ordersOf(dataset, { epochs: 2 })).toEqual(first);
});

test('a training that is resumed has the orders of the epochs that were missing', async () => {
  const whole = await ordersOf(await load(), { epochs: 4 });
  const resumed = await ordersOf(await load(), { epochs: 4, initialEpoch: 2 });
  expect(resumed).toEqual(whole.slice(2));
});

test('looking at the pictures while a training runs does not change its orders', async () => {
  const whole = await ordersOf(await load(), { epochs: 3 });
  const dataset = await load();
  const looks: number[][] = [];
  const onEpochEnd = async () => looks.push(await redsOf(dataset));
  expect(await ordersOf(dataset, { epochs: 3, onEpochEnd })).toEqual(whole);
  expect(new Set([...looks, ...whole].map(String)).size).toBe(6);
});

test('two trainings at once have the orders that each has alone', async () => {
  const alone = await ordersOf(await load(), { epochs: 3 });
  const dataset = await load();
  const both = [ordersOf(dataset, { epochs: 3 }), ordersOf(dataset, { epochs: 3 })];
  expect(await Promise.all(both)).toEqual([alone, alone]);
});

test('passes outside of a training have a new order each, the same for a seed', async () => {
  const looks = async () => {
    const dataset = await load();
    return [await redsOf(dataset), await redsOf(dataset)];
  };
  const [first, second] = await looks();
  expect(first).not.toEqual(second);
  expect(await looks()).toEqual([first, second]);
});

test('PassOrders leaves the list as it was', () => {
  const items = [1, 2, 3];
  const orders = new PassOrders(items, () => () => 0);
  // Fisher and Yates by hand, with 0 drawn each time: 3 changes with 1, then 2 with 3.
  expect(orders.next()).toEqual([2, 3, 1]);
  expect(items).toEqual([1, 2, 3]);
});

import { rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { ImageDatasetOptions } from '../../../src/images/datasets/datasetOptions';
import {
  type ImageDataset,
  imageDatasetFromDirectory,
} from '../../../src/images/datasets/imageDatasetFromDirectory';
import { tf } from '../../../src/tensorflow/tf';
import { runCompiled } from '../../support/children';
import { nativeTensors } from '../../support/nativeOps';
import { folderWith, png, speckled } from '../../support/pictures';

const temporary: string[] = [];
const NOTHING_KEPT = { memory: 0, disk: 0 };
const TINY = 4 * 2 * 2 * 3;
/** A time that can be set again to the very same: seconds since 1970. */
const LONG_AGO = 1e9;

/**
 * So many square pictures, each of one colour: red tells which one it is.
 *
 * @param side in pixels. Those of 20 are decoded one by one; "large" is what it takes to have them streamed
 */
async function numbered(count: number, side: number | 'large' = 20): Promise<string> {
  const length = side === 'large' ? Math.ceil(Math.sqrt(4.1e6 / count)) : side;
  const files: [string, Buffer][] = [];
  for (let i = 0; i < count; i++) {
    const name = `${i % 2 ? 'odd' : 'even'}/${String(i).padStart(3, '0')}.png`;
    files.push([name, await png(i, 100, 200, length, length)]);
  }
  const folder = await folderWith(Object.fromEntries(files));
  for (const [name] of files) await utimes(path.join(folder, name), LONG_AGO, LONG_AGO);
  temporary.push(folder);
  return folder;
}

/** What a dataset keeps goes when it is garbage, at any moment: not between two counts of tensors. */
const held: ImageDataset[] = [];

async function load(folder: string, options: ImageDatasetOptions = {}): Promise<ImageDataset> {
  const small = { imageSize: [2, 2], batchSize: 5, shuffle: false } as const;
  const dataset = await imageDatasetFromDirectory(folder, { ...small, ...options });
  held.push(dataset);
  return dataset;
}

/** The red of each picture of a pass. */
async function redsOf(dataset: ImageDataset): Promise<number[]> {
  const reds: number[] = [];
  await dataset.forEachAsync(({ xs }) => {
    const corners = tf.tidy(() => xs.slice([0, 0, 0, 0], [-1, 1, 1, 1]).dataSync());
    reds.push(...corners);
  });
  return reds;
}

/** Waits until so many bytes lie on the disk: writing goes on for a moment after a pass. */
async function written(dataset: ImageDataset, bytes: number): Promise<void> {
  while (dataset.cache.disk.used < bytes) await setTimeout(1);
}

const redOf = (file: string) => Number(path.basename(file, '.png'));

/** Writes another picture into a file that seems untouched: only who reads it anew sees that. */
async function changeUnseen(file: string): Promise<void> {
  const { size } = await stat(file);
  const other = await png(250, 100, 200, 20, 20);
  await writeFile(file, Buffer.concat([other, Buffer.alloc(size)]).subarray(0, size));
  await utimes(file, LONG_AGO, LONG_AGO);
}

afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true }))));

test('pictures come in the order of the list, whether they are kept or not', async () => {
  const folder = await numbered(70);
  for (const cache of [NOTHING_KEPT, { memory: 10 * TINY, disk: 20 * TINY }, {}]) {
    const dataset = await load(folder, { cache });
    const expected = dataset.filePaths.map(redOf);
    for (let pass = 0; pass < 3; pass++) expect(await redsOf(dataset)).toEqual(expected);
  }
});

test('two passes at a time do not disturb each other', async () => {
  const dataset = await load(await numbered(12), { cache: NOTHING_KEPT });
  const expected = dataset.filePaths.map(redOf);
  expect(await Promise.all([redsOf(dataset), redsOf(dataset), redsOf(dataset)])).toEqual([
    expected,
    expected,
    expected,
  ]);
});

test('a second pass reads what the first one has kept, up to the budget', async () => {
  const dataset = await load(await numbered(12), { cache: { memory: 3 * TINY, disk: 2 * TINY } });
  const before = await redsOf(dataset);
  await written(dataset, 2 * TINY);
  expect(dataset.cache.memory.used).toBe(3 * TINY);
  for (const file of dataset.filePaths) await changeUnseen(file);
  const after = await redsOf(dataset);
  expect(after.filter((red, i) => red === before[i])).toHaveLength(5);
  expect(after.filter((red) => red === 250)).toHaveLength(7);
});

test('a picture that is not much larger than what it is resized to is not kept on the disk', async () => {
  const folder = await numbered(4);
  for (const [size, kept] of [
    [10, 4],
    [11, 0],
  ] as const) {
    const bytes = 4 * size * size * 3;
    const cache = { memory: 0, disk: 9 * bytes };
    const dataset = await load(folder, { imageSize: [size, size], cache });
    await redsOf(dataset);
    await written(dataset, kept * bytes);
    expect(dataset.cache.disk.used).toBe(kept * bytes);
  }
});

test('a picture that was replaced is read anew, kept or not', async () => {
  const folder = await numbered(6);
  for (const [i, cache] of [NOTHING_KEPT, {}].entries()) {
    const dataset = await load(folder, { cache });
    const before = await redsOf(dataset);
    const file = dataset.filePaths[3]!;
    await writeFile(file, await png(201 + i, 100, 200, 30, 10));
    const expected = before.map((red, at) => (at === 3 ? 201 + i : red));
    expect(await redsOf(dataset)).toEqual(expected);
    expect(await redsOf(dataset)).toEqual(expected);
  }
});

test('a picture that is gone, or no longer one, is named in each pass, and nothing leaks', async () => {
  const dataset = await load(await numbered(12), { cache: NOTHING_KEPT });
  await redsOf(dataset);
  const [, , gone, , , , , , text] = dataset.filePaths;
  const before = [tf.memory().numTensors, nativeTensors()];
  await rm(gone!);
  await writeFile(text!, 'hello');
  for (let pass = 0; pass < 2; pass++) {
    await expect(redsOf(dataset)).rejects.toThrow(
      `Cannot read picture "${gone}": it does not exist`,
    );
  }
  await writeFile(gone!, await png(1, 2, 3));
  await expect(redsOf(dataset)).rejects.toThrow(
    `Cannot read picture "${text}": it is no PNG, JPEG, GIF, BMP or WebP, it begins with "hello"`,
  );
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

test('an error comes after the batches before it', async () => {
  const folder = await numbered(12, 'large');
  const dataset = await load(folder, { batchSize: 2, cache: NOTHING_KEPT });
  await rm(dataset.filePaths[7]!);
  let batches = 0;
  await expect(dataset.forEachAsync(() => batches++)).rejects.toThrow(/it does not exist$/);
  expect(batches).toBe(3);
});

test('50 passes leave no tensors, neither in tfjs nor in TensorFlow', async () => {
  const dataset = await load(await numbered(6, 'large'), { cache: { memory: 3 * TINY, disk: 0 } });
  await redsOf(dataset);
  const before = [tf.memory().numTensors, nativeTensors()];
  for (let pass = 0; pass < 50; pass++) await redsOf(dataset);
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

describe('in a process of its own', () => {
  const LOAD = `const load = (cache) => lab.imageDatasetFromDirectory(args[0],
    { imageSize: [2, 2], batchSize: 5, shuffle: false, cache });
  const pass = async (dataset) => {
    let sum = 0;
    await dataset.forEachAsync(({ xs }) => { sum += tf.tidy(() => xs.sum().dataSync()[0]); });
    return sum;
  };`;
  // Green and blue are 100 and 200, red is the number; four pixels each.
  const sumOf = (count: number) => 4 * ((count * (count - 1)) / 2 + 300 * count);

  test('passes that were given up keep no tensor, and the process ends', async () => {
    const { status, stdout, stderr } = await runCompiled(
      `${LOAD}
      const dataset = await load({ memory: 0, disk: 0 });
      for (let i = 0; i < 8; i++) tf.dispose((await (await dataset.iterator()).next()).value);
      console.log(tf.memory().numTensors);`,
      [await numbered(40, 'large')],
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '0\n', stderr: '' });
  });

  test('the decoders of passes that were given up are given back, the oldest before any garbage collection', async () => {
    const { stdout } = await runCompiled(
      `${LOAD}
      require('node:v8').setFlagsFromString('--expose-gc');
      const collect = require('node:vm').runInNewContext('gc');
      const { binding } = tf.backend();
      const dataset = await load({ memory: 0, disk: 0 });
      for (let i = 0; i < 8; i++) tf.dispose((await (await dataset.iterator()).next()).value);
      const before = binding.getNumOfSavedModels();
      for (let i = 0; i < 5; i++) { collect(); await new Promise((done) => setTimeout(done, 20)); }
      console.log(before, binding.getNumOfSavedModels() <= 3, await pass(dataset));`,
      [await numbered(40, 'large')],
    );
    expect(stdout).toBe(`4 true ${sumOf(40)}\n`);
  });

  test('more passes at a time than decoders give all pictures', async () => {
    const { stdout } = await runCompiled(
      `${LOAD}
      const dataset = await load({ memory: 0, disk: 0 });
      const passes = await Promise.all(Array.from({ length: 6 }, () => dataset.iterator()));
      const sums = passes.map(() => 0);
      for (let batch = 0; batch < 8; batch++) {
        for (const [i, iterator] of passes.entries()) {
          const { value } = await iterator.next();
          sums[i] += tf.tidy(() => value.xs.sum().dataSync()[0]);
          tf.dispose(value);
        }
      }
      console.log(...sums);`,
      [await numbered(40, 'large')],
    );
    expect(stdout).toBe(`${Array(6).fill(sumOf(40)).join(' ')}\n`);
  });

  test('what a dataset has kept is freed with it', async () => {
    const { stdout } = await runCompiled(
      `${LOAD}
      require('node:v8').setFlagsFromString('--expose-gc');
      const collect = require('node:vm').runInNewContext('gc');
      const { binding } = tf.backend();
      await pass(await load({ memory: 0, disk: 0 }));
      const before = binding.getNumOfTensors();
      // Held until they are counted: a collection of garbage may come at any time.
      const datasets = [];
      for (let i = 0; i < 3; i++) await pass((datasets[i] = await load({})));
      const kept = binding.getNumOfTensors() - before;
      datasets.length = 0;
      for (let i = 0; i < 5; i++) { collect(); await new Promise((done) => setTimeout(done, 20)); }
      console.log(kept, binding.getNumOfTensors() - before);`,
      [await numbered(40)],
    );
    expect(stdout).toBe('120 0\n');
  });

  test('a full disk ends what is kept there, with one sentence, and not the passes', async () => {
    const { status, stdout, stderr } = await runCompiled(
      `${LOAD}
      const dataset = await load({ memory: 0, disk: 1e9 });
      console.log(await pass(dataset), await pass(dataset), await pass(dataset));
      console.log(dataset.cache.disk.used > 0);`,
      [await numbered(120)],
      // Beyond 4 kB every write fails, as on a full disk; the graph fits.
      { wrap: (command) => ['bash', '-c', 'ulimit -f 4; exec "$@"', 'limited', ...command] },
    );
    const sum = sumOf(120);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${sum} ${sum} ${sum}\ntrue\n` });
    expect(stderr).toMatch(
      /^No more decoded pictures are kept in "[^"]*", so they are decoded anew in each epoch: .*\.\n$/,
    );
  });

  test('without a folder for temporary files pictures are decoded one by one, and it says so', async () => {
    const { status, stdout, stderr } = await runCompiled(
      `${LOAD}
      const dataset = await load({});
      console.log(await pass(dataset), await pass(dataset));`,
      [await numbered(12, 'large')],
      { env: { TMPDIR: '/nowhere' } },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${sumOf(12)} ${sumOf(12)}\n` });
    expect(stderr).toMatch(
      /^Pictures are decoded one by one, which is right but slower: TensorFlow cannot be given the graph that decodes them \(ENOENT.*\)\.\n$/,
    );
  });

  test('a process that is killed leaves no file behind', async () => {
    const folder = await numbered(40);
    const place = await folderWith({});
    temporary.push(place);
    const { signal, stdout } = await runCompiled(
      `${LOAD}
      const dataset = await load({ memory: 0, disk: 1e9 });
      await pass(dataset);
      while (dataset.cache.disk.used === 0) await new Promise((done) => setTimeout(done, 1));
      console.log(require('node:fs').readdirSync(args[1]), dataset.cache.disk.used > 0);
      await new Promise(() => setInterval(() => {}, 1000));`,
      [folder, place],
      { env: { TMPDIR: place }, onOutput: (written, kill) => written && kill('SIGKILL') },
    );
    expect({ signal, stdout }).toEqual({ signal: 'SIGKILL', stdout: '[] true\n' });
  });
});

test('speckled pictures come from the disk bit by bit as they were decoded', async () => {
  const whole = await speckled(41, 37, 3).png().toBuffer();
  const folder = await folderWith({ 'a/1.png': whole, 'b/1.png': whole });
  temporary.push(folder);
  const options = { imageSize: [7, 9], shuffle: false } as const;
  const passes: number[][] = [];
  for (const cache of [NOTHING_KEPT, { memory: 0, disk: 1e6 }, { memory: 1e6, disk: 0 }]) {
    const dataset = await imageDatasetFromDirectory(folder, { ...options, cache });
    for (let pass = 0; pass < 2; pass++) {
      await dataset.forEachAsync(({ xs }) => passes.push(Array.from(xs.dataSync())));
      await written(dataset, cache.disk && 2 * 4 * 7 * 9 * 3);
    }
  }
  for (const pixels of passes) expect(pixels).toEqual(passes[0]);
});

import { nativeLibrary } from '../../../src/tensorflow/native/nativeBackend';
import fs from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import { type KeptTensor, PictureCache } from '../../../src/images/decoding/pictureCache';
import { castTensor } from '../../../src/tensorflow/native/nativeTensor';
import { nativeTensors } from '../../support/nativeOps';

// A picture of 2×2 pixels is 12 numbers, 48 bytes.
const SHAPE = [2, 2, 3] as const;
const LENGTH = 12;
const { binding } = nativeLibrary();
const large = (path: string) => ({ path, size: [20, 20] as [number, number] });
const small = (path: string) => ({ path, size: [2, 2] as [number, number] });
const pixels = (value: number) => new Float32Array(LENGTH).fill(value);

/** Waits until so many pictures lie on the disk. */
async function written(cache: PictureCache, count: number): Promise<void> {
  while (cache.use.disk.used < count * 48) await setTimeout(1);
}

/** Offers a picture of one value, as a reader does that deletes what is not kept. */
function offer(
  cache: PictureCache,
  picture: ReturnType<typeof large>,
  stamp: string,
  value: number,
) {
  const id = binding.createTensor([2, 2, 3], binding.TF_FLOAT, pixels(value));
  const isKept = cache.put(picture, stamp, id);
  if (!isKept) binding.deleteTensor(id);
  return isKept;
}

async function valuesOf(cache: PictureCache, path: string, stamp: string | undefined) {
  const kept = await cache.get(path, stamp);
  return kept && 'id' in kept ? binding.tensorDataSync(kept.id) : kept;
}

test('PictureCache keeps pictures in memory first, then on the disk, up to both budgets', async () => {
  const cache = new PictureCache(SHAPE, { memory: 2 * 48 + 47, disk: 48 + 47 });
  const before = nativeTensors();
  const inMemory = ['a', 'b', 'c', 'd'].map((path, i) => offer(cache, large(path), 'stamp', i));
  expect(inMemory).toEqual([true, true, false, false]);
  expect(nativeTensors()).toBe(before + 2);
  await written(cache, 1);
  expect(cache.use).toEqual({ memory: { used: 96, budget: 143 }, disk: { used: 48, budget: 95 } });
  for (const [i, path] of ['a', 'b', 'c'].entries()) {
    expect(await valuesOf(cache, path, 'stamp')).toEqual(pixels(i));
  }
  expect(['a', 'b', 'c', 'd'].map((path) => cache.has(path))).toEqual([true, true, true, false]);
  expect(await valuesOf(cache, 'd', 'stamp')).toBeUndefined();
});

test('PictureCache keeps a picture once', () => {
  const cache = new PictureCache(SHAPE, { memory: 480, disk: 0 });
  expect([1, 2].map((value) => offer(cache, large('a'), 'stamp', value))).toEqual([true, false]);
  expect(cache.use.memory.used).toBe(48);
});

test('PictureCache keeps what was not resized in a quarter of the memory, with the same values', async () => {
  const cache = new PictureCache(SHAPE, { memory: 24, disk: 0 });
  const before = nativeTensors();
  // The tensor that was offered is not the one that is kept.
  expect([0, 255].map((value) => offer(cache, small(`${value}`), 'stamp', value))).toEqual([
    false,
    false,
  ]);
  expect(nativeTensors()).toBe(before + 2);
  expect(cache.use.memory.used).toBe(24);
  for (const value of [0, 255]) {
    const { id, isBytes } = (await cache.get(`${value}`, 'stamp')) as KeptTensor;
    expect(isBytes).toBe(true);
    expect(binding.tensorDataSync(castTensor(id, 'float32'))).toEqual(pixels(value));
  }
  offer(cache, small('c'), 'stamp', 1);
  expect(cache.has('c')).toBe(false);
});

test('PictureCache keeps values that are not whole, or beyond 0 to 255, as they are', async () => {
  for (const value of [0.5, 254.99998, -1, 256]) {
    const cache = new PictureCache(SHAPE, { memory: 48, disk: 0 });
    const before = nativeTensors();
    expect(offer(cache, small('a'), 'stamp', value)).toBe(true);
    expect(nativeTensors()).toBe(before + 1);
    expect(await valuesOf(cache, 'a', 'stamp')).toEqual(pixels(value));
  }
});

test('PictureCache gives nothing for another state of the file, and then keeps the new one', async () => {
  for (const budget of [
    { memory: 96, disk: 0 },
    { memory: 0, disk: 96 },
  ]) {
    const cache = new PictureCache(SHAPE, budget);
    offer(cache, large('a'), 'old', 1);
    await written(cache, budget.disk / 96);
    expect(await valuesOf(cache, 'a', 'new')).toBeUndefined();
    expect(await valuesOf(cache, 'a', undefined)).toBeUndefined();
    offer(cache, large('a'), 'new', 2);
    await written(cache, budget.disk / 48);
    expect(await valuesOf(cache, 'a', 'new')).toEqual(pixels(2));
    expect(await valuesOf(cache, 'a', 'old')).toBeUndefined();
  }
});

test('PictureCache puts on the disk what has four times as many pixels as it is resized to', async () => {
  const cache = new PictureCache(SHAPE, { memory: 0, disk: 480 });
  offer(cache, small('a'), 'stamp', 1);
  offer(cache, { path: 'b', size: [5, 3] }, 'stamp', 1);
  offer(cache, { path: 'c', size: [4, 4] }, 'stamp', 1);
  await written(cache, 1);
  expect(['a', 'b', 'c'].map((path) => cache.has(path))).toEqual([false, false, true]);
});

test('PictureCache has budgets of its own: part of what is free now', () => {
  const { memory, disk } = new PictureCache(SHAPE, {}).use;
  expect(memory.budget).toBeGreaterThan(0);
  expect(memory.budget).toBeLessThanOrEqual(process.availableMemory());
  expect(disk.budget).toBeGreaterThanOrEqual(0);
});

test('PictureCaches that are made together, and filled later, promise less than what is free', () => {
  const available = process.availableMemory();
  const caches = Array.from({ length: 8 }, () => new PictureCache(SHAPE, {}));
  for (const place of ['memory', 'disk'] as const) {
    const budgets = caches.map(({ use }) => use[place].budget);
    // Each is given a quarter of what the ones before it leave.
    for (const [i, budget] of budgets.slice(1).entries()) {
      expect(budget / budgets[i]!).toBeCloseTo(0.75, 1);
    }
  }
  const sum = caches.reduce((total, { use }) => total + use.memory.budget, 0);
  expect(sum).toBeLessThan(available);
  expect(caches[0]!.use.memory.budget).toBeGreaterThan(0);
});

test('a PictureCache of few pictures is promised no more than they fill', () => {
  const [before, , after] = [1, 1, 1].map(
    (count) => new PictureCache(SHAPE, {}, count).use.memory.budget,
  );
  expect(after! / before!).toBeCloseTo(1, 1);
});

test('what a PictureCache was told to keep is not taken from the others', () => {
  const [before, told, after] = [{}, { memory: 1e15, disk: 1e15 }, {}].map(
    (budget) => new PictureCache(SHAPE, budget).use.memory.budget,
  );
  expect(told).toBe(1e15);
  expect(after! / before!).toBeCloseTo(0.75, 1);
});

test('PictureCache says once that no folder for temporary files lies on a disk, unless none was wanted', () => {
  const inMemory = fs.statfsSync('/dev/shm'); // as every folder is from here on
  const statfs = jest.spyOn(fs, 'statfsSync').mockReturnValue(inMemory);
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  offer(new PictureCache(SHAPE, { memory: 0, disk: 0 }), large('a'), 'stamp', 1);
  expect(warn).not.toHaveBeenCalled();
  const caches = [{ memory: 0 }, { memory: 0, disk: 480 }].map(
    (each) => new PictureCache(SHAPE, each),
  );
  for (const cache of caches) {
    for (const path of ['a', 'b']) expect(offer(cache, large(path), 'stamp', 1)).toBe(false);
    expect(cache.use.disk).toEqual({ used: 0, budget: 0 });
  }
  expect(warn.mock.calls).toEqual([
    [
      'Decoded pictures that do not fit into memory are decoded anew in each epoch: no folder for temporary files lies on a disk. TMPDIR can name one.',
    ],
  ]);
  statfs.mockRestore();
  warn.mockRestore();
});

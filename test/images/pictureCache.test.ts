import { PictureCache } from '../../src/images/pictureCache';

// A picture of 2×2 pixels is 12 numbers, 48 bytes.
const LENGTH = 12;
const large = (path: string) => ({ path, size: [20, 20] as [number, number] });
const small = (path: string) => ({ path, size: [2, 2] as [number, number] });
const pixels = (value: number) => new Float32Array(LENGTH).fill(value);
const written = () => new Promise((resolve) => setTimeout(resolve, 50));

test('PictureCache keeps pictures in memory first, then on the disk, up to both budgets', async () => {
  const cache = new PictureCache(LENGTH, { memory: 2 * 48, disk: 48 + 47 });
  for (const [i, path] of ['a', 'b', 'c', 'd'].entries()) {
    expect(cache.hasRoomFor(large(path))).toBe(i < 3);
    cache.put(large(path), 'stamp', pixels(i));
  }
  await written();
  expect(cache.use).toEqual({ memory: { used: 96, budget: 96 }, disk: { used: 48, budget: 95 } });
  for (const [i, path] of ['a', 'b', 'c'].entries()) {
    expect(await cache.get(path, 'stamp')).toEqual(pixels(i));
  }
  expect(['a', 'b', 'c', 'd'].map((path) => cache.has(path))).toEqual([true, true, true, false]);
  expect(await cache.get('d', 'stamp')).toBeUndefined();
});

test('PictureCache gives nothing for another state of the file, and keeps the new one in its place', async () => {
  const cache = new PictureCache(LENGTH, { memory: 48, disk: 0 });
  cache.put(small('a'), 'old', pixels(1));
  expect(await cache.get('a', 'new')).toBeUndefined();
  expect(await cache.get('a', undefined)).toBeUndefined();
  cache.put(small('a'), 'new', pixels(2));
  expect(await cache.get('a', 'new')).toEqual(pixels(2));
  expect(cache.use.memory.used).toBe(48);
});

test('PictureCache replaces what lies on the disk', async () => {
  const cache = new PictureCache(LENGTH, { memory: 0, disk: 96 });
  cache.put(large('a'), 'old', pixels(1));
  await written();
  cache.put(large('a'), 'new', pixels(2));
  await written();
  expect(await cache.get('a', 'new')).toEqual(pixels(2));
  expect(await cache.get('a', 'old')).toBeUndefined();
});

test('PictureCache leaves small pictures to be decoded again where memory ends', async () => {
  const cache = new PictureCache(LENGTH, { memory: 48, disk: 480 });
  cache.put(small('a'), 'stamp', pixels(1));
  expect(cache.hasRoomFor(small('b'))).toBe(false);
  expect(cache.hasRoomFor({ path: 'b', size: [4, 4] })).toBe(true);
  expect(cache.hasRoomFor({ path: 'b', size: [5, 3] })).toBe(false);
});

test('PictureCache has budgets of its own: part of what is free now', () => {
  const { memory, disk } = new PictureCache(LENGTH, {}).use;
  expect(memory.budget).toBeGreaterThan(0);
  expect(memory.budget).toBeLessThanOrEqual(process.availableMemory());
  expect(disk.budget).toBeGreaterThanOrEqual(0);
});

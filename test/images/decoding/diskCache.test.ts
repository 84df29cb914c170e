import { readdirSync, readlinkSync, statfsSync } from 'node:fs';
import os from 'node:os';

import { DiskCache, findDiskRoom } from '../../../src/images/decoding/diskCache';

const pixels = (value: number) => Float32Array.of(value, 0.1 * value, 255);

test('DiskCache gives back what was written, bit by bit, also when much is written at a time', async () => {
  const cache = new DiskCache(3, 12 * 100, os.tmpdir());
  const places = await Promise.all(Array.from({ length: 100 }, (_, i) => cache.write(pixels(i))));
  for (const [i, place] of places.entries()) expect(await cache.read(place!)).toEqual(pixels(i));
  expect([cache.used, cache.hasRoom]).toEqual([1200, false]);
});

test('DiskCache gives nothing for a place that was never written', async () => {
  expect(await new DiskCache(3, 12, os.tmpdir()).read(5)).toBeUndefined();
});

test('DiskCache leaves no name in the folder for temporary files', () => {
  const cache = new DiskCache(3, 12, os.tmpdir());
  const open = readdirSync('/proc/self/fd').flatMap((file) => {
    try {
      return readlinkSync(`/proc/self/fd/${file}`);
    } catch {
      return []; // the folder that was just listed
    }
  });
  expect(open.filter((name) => /smile-lab-pictures-.* \(deleted\)$/.test(name))).not.toEqual([]);
  expect(readdirSync(os.tmpdir()).filter((name) => /^smile-lab-pictures-/.test(name))).toEqual([]);
  expect(cache.used).toBe(0);
});

test('findDiskRoom() passes over folders that lie in memory or are missing', () => {
  const inMemory = '/dev/shm'; // on every Linux, for shared memory
  const { bavail, bsize } = statfsSync('/var/tmp');
  const room = findDiskRoom(['/no such folder', inMemory, '/var/tmp']);
  expect(room?.folder).toBe('/var/tmp');
  expect(room!.free / (bavail * bsize)).toBeCloseTo(1, 1);
  expect(findDiskRoom(['/no such folder', inMemory])).toBeUndefined();
});

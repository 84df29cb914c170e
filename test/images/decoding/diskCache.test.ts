import { readdirSync, readlinkSync } from 'node:fs';
import os from 'node:os';

import { DiskCache } from '../../../src/images/decoding/diskCache';

const pixels = (value: number) => Float32Array.of(value, 0.1 * value, 255);

test('DiskCache gives back what was written, bit by bit, also when much is written at a time', async () => {
  const cache = new DiskCache(3, 12 * 100);
  const places = await Promise.all(Array.from({ length: 100 }, (_, i) => cache.write(pixels(i))));
  for (const [i, place] of places.entries()) expect(await cache.read(place!)).toEqual(pixels(i));
  expect([cache.used, cache.hasRoom]).toEqual([1200, false]);
});

test('DiskCache gives nothing for a place that was never written', async () => {
  expect(await new DiskCache(3, 12).read(5)).toBeUndefined();
});

test('DiskCache leaves no name in the folder for temporary files', () => {
  const cache = new DiskCache(3, 12);
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

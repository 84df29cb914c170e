import {
  type HashBits,
  perceptualHash,
  sureDistance,
} from '../../../src/collections/checking/perceptualHash';
import { runPython } from '../../support/keras';
import { scene } from '../../support/scenes';

const small = (picture: ReturnType<typeof scene>) =>
  picture.resize(32, 32, { fit: 'fill' }).raw().toBuffer();

const bitsOf = (picture: Uint8Array) => perceptualHash(picture)?.bits;

const ALL: HashBits = [0xffff, 0xffff, 0xffff, 0xffff];
const distance = (a: HashBits, b: HashBits) =>
  sureDistance({ bits: a, sure: ALL }, { bits: b, sure: ALL });

// The formula as matrices: grey, the DCT-II along both sides, frequencies 1 to 8, compared with their median.
const ZAUNER = `
import json, sys
import numpy as np
frequency, place = np.arange(1, 9)[:, None], np.arange(32)[None, :]
dct = np.cos(np.pi * frequency * (2 * place + 1) / 64)
hashes = []
for picture in sys.argv[1:]:
    rgb = np.array(json.loads(picture), float).reshape(32, 32, 3)
    values = (dct @ (rgb @ [0.299, 0.587, 0.114]) @ dct.T).ravel()
    bits = (values > np.median(values)).astype(int).reshape(4, 16)
    hashes.append([int(''.join(map(str, word)), 2) for word in bits])
print(json.dumps(hashes))
`;

describe('perceptualHash()', () => {
  test('is the DCT hash of Zauner 2010, §3.2.1', async () => {
    const pictures = await Promise.all([1, 2, 3].map((seed) => small(scene(seed))));
    const texts = pictures.map((picture) => JSON.stringify([...picture]));
    const expected = await runPython<number[][]>(ZAUNER, texts);
    expect(pictures.map((picture) => bitsOf(picture))).toEqual(expected);
  });

  test.each(['compressed', 'smaller', 'squeezed', 'brighter', 'darker'] as const)(
    'stays within 6 bits when a picture is %s',
    async (change) => {
      for (let seed = 1; seed <= 10; seed++) {
        const changed = {
          compressed: () => scene(seed).jpeg({ quality: 30 }),
          smaller: () => scene(seed).resize(60, 48).jpeg(),
          squeezed: () => scene(seed).resize(90, 96, { fit: 'fill' }).png(),
          brighter: () => scene(seed).linear(1.1, 8).png(),
          darker: () => scene(seed).linear(0.8, 0).png(),
        }[change];
        const { default: sharp } = await import('sharp');
        const original = bitsOf(await small(scene(seed)))!;
        const copy = bitsOf(await small(sharp(await changed().toBuffer())))!;
        expect(distance(original, copy)).toBeLessThanOrEqual(6);
      }
    },
  );

  test('keeps different pictures far apart', async () => {
    const hashes: HashBits[] = [];
    for (let seed = 1; seed <= 20; seed++) hashes.push(bitsOf(await small(scene(seed)))!);
    const distances = hashes.flatMap((a, i) => hashes.slice(0, i).map((b) => distance(a, b)));
    expect(Math.min(...distances)).toBeGreaterThan(6);
  });

  test('has none for a plain area, whatever its colour', () => {
    expect(bitsOf(new Uint8Array(32 * 32 * 3).fill(200))).toBeUndefined();
  });
});

test.each<[HashBits, HashBits, number]>([
  [[0, 0, 0, 0], [0, 0, 0, 0], 0],
  [[0, 0, 0, 0b101], [0, 0, 0, 0b110], 2],
  [[0xffff, 0, 1, 0], [0, 0x8001, 0, 0], 19],
  [[0xffff, 0xffff, 0xffff, 0xffff], [0, 0, 0, 0], 64],
])('of bits that can all be relied on, %j and %j differ in %i', (a, b, expected) => {
  expect(distance(a, b)).toBe(expected);
});

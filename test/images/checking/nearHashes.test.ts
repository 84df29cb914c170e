import seedrandom from 'seedrandom';

import { nearHashes } from '../../../src/images/checking/nearHashes';
import { hammingDistance, type PerceptualHash } from '../../../src/images/checking/perceptualHash';

/** Random hashes, many of them a few bits beside another one. */
function clustered(count: number, seed: string): PerceptualHash[] {
  const random = seedrandom.alea(seed);
  const word = () => Math.floor(random() * 2 ** 16);
  const hashes: PerceptualHash[] = [];
  for (let i = 0; i < count; i++) {
    const hash =
      i % 3 === 0 ? [word(), word(), word(), word()] : [...hashes[Math.floor(random() * i)]!];
    const flips = i % 3 === 0 ? 0 : 1 + Math.floor(random() * 10);
    for (let f = 0; f < flips; f++) {
      const place = Math.floor(random() * 64);
      hash[place >> 4]! ^= 1 << (place & 15);
    }
    hashes.push(hash as unknown as PerceptualHash);
  }
  return [...new Map(hashes.map((hash) => [hash.join(), hash])).values()];
}

describe('nearHashes()', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'finds what comparing each with each finds at distance %i',
    (distance) => {
      const hashes = clustered(600, `distance ${distance}`);
      const expected = hashes.flatMap((a, i) =>
        hashes.flatMap((b, j) => (j > i && hammingDistance(a, b) <= distance ? [[i, j]] : [])),
      );
      expect(nearHashes(hashes, distance)).toEqual(expected);
      if (distance > 0) expect(expected.length).toBeGreaterThan(10);
    },
  );

  test('compares few of 20,000 random hashes with each other', () => {
    const random = seedrandom.alea('many');
    const word = () => Math.floor(random() * 2 ** 16);
    let reads = 0;
    const hashes = Array.from({ length: 20_000 }, () => {
      const words = [word(), word(), word(), word()];
      return new Proxy(words, { get: (of, key) => (reads++, Reflect.get(of, key)) });
    }) as unknown as PerceptualHash[];
    expect(nearHashes(hashes, 6)).toEqual([]);
    // Each with each would be 200 million pairs, and eight reads a pair.
    expect(reads).toBeLessThan(10_000_000);
  });

  test.each([-1, 8, 1.5])('refuses the distance %d', (distance) => {
    expect(() => nearHashes([], distance)).toThrow(
      `the distance must be a whole number from 0 to 7, got ${distance}`,
    );
  });
});

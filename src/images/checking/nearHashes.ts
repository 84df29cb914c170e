import { hammingDistance, type PerceptualHash } from './perceptualHash';

/** Largest distance that is searched: beyond it two hashes may differ by two bits in each of their four words. */
export const FARTHEST = 7;

/**
 * Finds all pairs of hashes that differ in few bits, without comparing each with each: of two hashes that differ in at
 * most seven bits, one of the four words differs in at most one. Multi-index hashing: Norouzi, Punjani and Fleet, «Fast
 * Search in Hamming Space with Multi-Index Hashing», CVPR 2012.
 *
 * @param hashes Each one once: a thousand equal ones would make half a million pairs.
 * @param distance Most bits that differ, a whole number from 0 to 7.
 * @returns Places in `hashes`, the lower one first, in order.
 * @throws {RangeError} When the distance is another number.
 *
 * @example
 * nearHashes([[0, 0, 0, 1], [9, 9, 9, 9], [0, 0, 0, 3]], 6); // [[0, 2]]
 */
export function nearHashes(
  hashes: readonly PerceptualHash[],
  distance: number,
): [first: number, second: number][] {
  if (!Number.isInteger(distance) || distance < 0 || distance > FARTHEST) {
    throw new RangeError(
      `Cannot search near hashes: the distance must be a whole number from 0 to ${FARTHEST}, got ${distance}`,
    );
  }
  const pairs: [number, number][] = [];
  const byWord = [0, 1, 2, 3].map(() => new Map<number, number[]>());
  for (const [i, hash] of hashes.entries()) {
    const candidates = new Set<number>();
    for (const [w, places] of byWord.entries()) {
      for (const word of withinOneBit(hash[w]!)) {
        for (const place of places.get(word) ?? []) candidates.add(place);
      }
    }
    for (const place of candidates) {
      if (hammingDistance(hashes[place]!, hash) <= distance) pairs.push([place, i]);
    }
    for (const [w, places] of byWord.entries()) {
      const same = places.get(hash[w]!);
      if (same) same.push(i);
      else places.set(hash[w]!, [i]);
    }
  }
  return pairs.sort(([a, b], [c, d]) => a - c || b - d);
}

function* withinOneBit(word: number): Generator<number> {
  yield word;
  for (let bit = 0; bit < 16; bit++) yield word ^ (1 << bit);
}

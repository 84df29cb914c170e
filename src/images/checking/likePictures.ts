import { nearHashes } from './nearHashes';
import { hammingDistance, type PerceptualHash } from './perceptualHash';

/**
 * Most bits, of 64, in which the hashes of near duplicates differ. Measured on 60 pictures made of noise as photographs
 * have it: compressed to JPEG quality 30, shrunk to a third, squeezed, made brighter or darker, each copy stays within 6;
 * of copies without their outer 2 % three in four do, without 5 % hardly any; two different pictures differ in at least 18.
 * Median hashes differ in an even number of bits, so 6 is also 7.
 */
export const NEAR = 6;

/** A picture to be compared; `digest` and `hash` as `inspectPicture` gives them. */
export interface Compared {
  digest: string;
  hash?: PerceptualHash | undefined;
}

/** Pictures that are alike in all that is compared: of the same bytes, or of the same hash. */
export interface Likes {
  /** Places in the list. */
  members: number[];
  /** Others that are nearly like them, and how many bits differ. */
  near: { like: Likes; bits: number }[];
}

/**
 * Finds which pictures of a list are the same or nearly.
 *
 * @param pictures Any number. Where there is no hash only the bytes are compared.
 * @returns For each picture its `Likes`, shared by all its members: a thousand equal pictures are one, not a million pairs.
 *
 * @example
 * likePictures([{ digest: 'a' }, { digest: 'b' }, { digest: 'a' }])[0]?.members; // [0, 2]
 */
export function likePictures(pictures: readonly Compared[]): Likes[] {
  const byKey = new Map<string, Likes>();
  const likes = pictures.map(({ digest, hash }, i) => {
    const key = hash ? hash.join() : digest;
    const like = byKey.get(key) ?? { members: [], near: [] };
    byKey.set(key, like);
    like.members.push(i);
    return like;
  });
  const hashed = [...byKey.values()].filter(({ members }) => pictures[members[0]!]!.hash);
  const hashes = hashed.map(({ members }) => pictures[members[0]!]!.hash!);
  for (const [a, b] of nearHashes(hashes, NEAR)) {
    const bits = hammingDistance(hashes[a]!, hashes[b]!);
    hashed[a]!.near.push({ like: hashed[b]!, bits });
    hashed[b]!.near.push({ like: hashed[a]!, bits });
  }
  return likes;
}

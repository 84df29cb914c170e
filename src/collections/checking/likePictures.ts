import { isSamePicture } from './comparePictures';
import type { Fingerprint } from './fingerprint';
import { outOfReach } from './outOfReach';
import { sureDistance } from './perceptualHash';

/** Most bits that can be relied on in which the hashes of two copies differ: at most 5 were measured, without 2 % on a side. */
const CANDIDATE = 10;
/** Pixels of 4096 of a copy that are nowhere near its original's: at most 26 were measured, in a starry sky. */
const MOST_OUT = 60;
/** Nearer hashes, and greys that go together so well: pictures that a person takes for one at first sight. */
const LOOKS_ALIKE = { bits: 6, correlation: 0.95 };
/** To compare so many takes a minute; of more, those whose hashes are nearest. */
const MOST_PAIRS = 20_000;

/** A picture to be compared; `digest` and `fingerprint` as `inspectPicture` gives them. */
export interface Compared {
  digest: string;
  fingerprint?: Fingerprint | undefined;
}

/** Pictures of the same bytes. */
export interface Likes {
  /** Indices in the list. */
  members: number[];
  /** Those that are the same picture, scaled, compressed, made brighter or cropped a little; the nearest first. */
  near: Likes[];
  /** Those that look alike at first sight, and are other pictures; the nearest first. */
  alike: Likes[];
}

/**
 * Finds which pictures of a list are the same, or look alike.
 *
 * @param pictures any number. Where there is no fingerprint only the bytes are compared
 * @returns for each picture its `Likes`, shared by all its members: a thousand equal pictures are one, not a million pairs
 *
 * @example
 * likePictures([{ digest: 'a' }, { digest: 'b' }, { digest: 'a' }])[0]?.members; // [0, 2]
 */
export function likePictures(pictures: readonly Compared[]): Likes[] {
  const byDigest = new Map<string, Likes>();
  const likes = pictures.map(({ digest }, i) => {
    const like = byDigest.get(digest) ?? { members: [], near: [], alike: [] };
    byDigest.set(digest, like);
    like.members.push(i);
    return like;
  });
  const known = [...byDigest.values()].flatMap((like) => {
    const print = pictures[like.members[0]!]!.fingerprint;
    return print ? [{ like, print }] : [];
  });
  for (const { a, b, bits } of candidatesAmong(known.map(({ print }) => print))) {
    const [first, second] = [known[a]!, known[b]!];
    const add = (kind: 'near' | 'alike') => {
      first.like[kind].push(second.like);
      second.like[kind].push(first.like);
    };
    const isNear =
      outOfReach(first.print, second.print) <= MOST_OUT && isSamePicture(first.print, second.print);
    if (isNear) add('near');
    else if (
      bits <= LOOKS_ALIKE.bits &&
      correlation(first.print, second.print) >= LOOKS_ALIKE.correlation
    ) {
      add('alike');
    }
  }
  return likes;
}

interface Candidates {
  a: number;
  b: number;
  bits: number;
}

/** The nearest first. */
function candidatesAmong(prints: readonly Fingerprint[]): Candidates[] {
  const byBits = Array.from({ length: CANDIDATE + 1 }, (): Candidates[] => []);
  for (const [b, print] of prints.entries()) {
    for (let a = 0; a < b; a++) {
      const bits = sureDistance(prints[a]!.hash, print.hash);
      // No list grows beyond what is compared of all.
      if (bits <= CANDIDATE && byBits[bits]!.length < MOST_PAIRS)
        byBits[bits]!.push({ a, b, bits });
    }
  }
  return byBits.flat().slice(0, MOST_PAIRS);
}

/** Pearson's, of the greys at the same pixels. */
function correlation({ greys: a }: Fingerprint, { greys: b }: Fingerprint): number {
  let [sumA, sumB, aa, bb, ab] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    sumA += x;
    sumB += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const count = a.length;
  const spread = (aa - sumA ** 2 / count) * (bb - sumB ** 2 / count);
  return (ab - (sumA * sumB) / count) / Math.sqrt(spread);
}

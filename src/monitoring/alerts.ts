import type { Drift } from './drift';
import type { ServedVersion } from './readServed';

/** Slower than this a person waits. */
const SLOW = 1000; // ms
/** With fewer answers nothing is said of them. */
const LEAST_ANSWERS = 50;
/** A class that stands for more than this of all answers. */
const ONE_CLASS = 0.98;

/** Something that a person should look at. */
export interface Alert {
  /** `faces@3`. */
  version: string;
  words: string;
}

const WORDS: Record<Drift['what'], string> = {
  classes: 'other classes are answered than for the pictures of its training',
  probability: 'it is more, or less, sure than of the pictures of its training',
  brightness: 'the pictures are brighter, or darker, than those of its training',
  contrast: 'the pictures have more, or less, contrast than those of its training',
  embedding: 'the network finds other things in the pictures than in those of its training',
};

/** What a person should look at. */
export function alertsOf(versions: readonly ServedVersion[]): Alert[] {
  return versions.flatMap(({ model, version, count, classes, slow, drift }) => {
    if (count < LEAST_ANSWERS) return [];
    const [most = ['', 0]] = [...classes].sort(([, a], [, b]) => b - a);
    const words = [
      ...(slow > SLOW ? [`one of 20 requests takes more than ${(slow / 1000).toFixed(1)} s`] : []),
      ...(most[1] > ONE_CLASS * count ? [`nearly all pictures are taken for ${most[0]}`] : []),
      ...(drift ?? []).flatMap(({ what, isLarge }) => (isLarge ? [WORDS[what]] : [])),
    ];
    return words.map((each) => ({ version: `${model}@${version}`, words: each }));
  });
}

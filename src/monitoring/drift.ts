import type { Reference } from './reference';
import { chanceOfIndex, countInBins, LARGE_SHIFT, stabilityIndex } from './stability';
import { testOfSamples } from './twoSamples';

/** With fewer answers chance decides. */
const LEAST_ANSWERS = 50;
/** So seldom a test finds a difference where there is none. */
const LARGEST_P = 0.001;

/** One answer, as it is compared. */
export interface SeenAnswer {
  class: string;
  probability: number;
  brightness: number | null;
  contrast: number | null;
  embedding: readonly number[] | null;
}

/** How something differs from what it was with the pictures of the training. */
export interface Drift {
  what: 'classes' | 'probability' | 'brightness' | 'contrast' | 'embedding';
  /** How many answers were compared. */
  count: number;
  /** The population stability index; of embeddings how often chance alone makes such a difference; null where too few were answered. */
  value: number | null;
  /** From where on the index is large, or below what the chance is small: more than chance, and more than a little. */
  limit: number;
  isLarge: boolean;
}

/**
 * Compares answers with what the pictures of the training gave. Classes, their probability, brightness and contrast by the
 * population stability index; embeddings by a test of two samples.
 *
 * The network has learned these very pictures, and is surer of them than of others: a large index of the probability may say only
 * that.
 */
export function driftOf(reference: Reference, answers: readonly SeenAnswer[]): Drift[] {
  const { classNames, classes } = reference;
  const now = classNames.map((name) => answers.filter((each) => each.class === name).length);
  const ofBins = (what: 'probability' | 'brightness' | 'contrast') => {
    const values = answers.map((each) => each[what]).filter((value) => value !== null);
    const { edges, counts } = reference[what];
    return byIndex(what, counts, countInBins(values as number[], edges));
  };
  return [
    byIndex('classes', classes, now),
    ofBins('probability'),
    ofBins('brightness'),
    ofBins('contrast'),
    byTest(reference, answers),
  ];
}

function byIndex(
  what: Drift['what'],
  expected: readonly number[],
  actual: readonly number[],
): Drift {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const count = sum(actual);
  const bins = expected.length;
  if (count < LEAST_ANSWERS || bins < 2) {
    return { what, count, value: null, limit: LARGE_SHIFT, isLarge: false };
  }
  const value = stabilityIndex(expected, actual);
  const limit = Math.max(LARGE_SHIFT, chanceOfIndex(bins, sum(expected), count));
  return { what, count, value, limit, isLarge: value > limit };
}

function byTest({ embedding }: Reference, answers: readonly SeenAnswer[]): Drift {
  const seen = answers.flatMap((each) => (each.embedding === null ? [] : [each.embedding]));
  const about = { what: 'embedding' as const, count: seen.length, limit: LARGEST_P };
  if (seen.length < LEAST_ANSWERS) return { ...about, value: null, isLarge: false };
  const { p } = testOfSamples(
    embedding,
    embedding.map((_, k) => seen.map((each) => each[k]!)),
  );
  return { ...about, value: p, isLarge: p < LARGEST_P };
}

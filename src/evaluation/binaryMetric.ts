import { show } from '../errors/show';
import type { tf } from '../tensorflow/tf';

/** One number a picture: a tensor `[n, 1]` or `[n]`, which stays the caller's, or a list. */
export type NumberPerPicture = tf.Tensor | readonly number[];

/** How often each answer was given; "positive" is the second class, which a label of 1 stands for. */
export interface BinaryCounts {
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

/** A metric of two classes that is fed batch by batch and counts over all of them, as those of Keras do. */
export abstract class BinaryMetric {
  protected counts = noCounts();

  /**
   * Counts one more batch; an empty one changes nothing. A probability above 0.5 means the second class, 0.5 itself the
   * first one, as in Keras.
   *
   * @param labels 0 or 1 for each picture
   * @param probabilities of the second class, in 0–1, as many as labels
   * @throws {TypeError} when a tensor has another shape; RangeError when both are not equally many, a label is neither 0
   * nor 1, or a probability is NaN or outside 0–1. Nothing is counted then
   */
  async update(labels: NumberPerPicture, probabilities: NumberPerPicture): Promise<void> {
    const action = `Cannot update ${this.constructor.name}`;
    const [truth, answers] = await Promise.all([
      valuesOf(labels, `${action}: labels`),
      valuesOf(probabilities, `${action}: probabilities`),
    ]);
    if (truth.length !== answers.length) {
      throw new RangeError(
        `${action}: a probability for each of ${truth.length} labels is required, got ${answers.length}`,
      );
    }
    const added = noCounts();
    for (const [i, label] of truth.entries()) {
      const probability = answers[i]!;
      if (label !== 0 && label !== 1) {
        throw new RangeError(`${action}: each label must be 0 or 1, got ${show(label)}`);
      }
      if (!(probability >= 0 && probability <= 1)) {
        throw new RangeError(
          `${action}: each probability must lie in 0–1, got ${show(probability)}`,
        );
      }
      added[outcomeOf(label, probability)] += 1;
    }
    for (const outcome of Object.keys(added) as Array<keyof BinaryCounts>) {
      this.counts[outcome] += added[outcome];
    }
  }

  /** Forgets all batches. */
  reset(): void {
    this.counts = noCounts();
  }

  /** The metric over all batches since the last reset, in 0–1. */
  abstract result(): number;
}

function outcomeOf(label: number, probability: number): keyof BinaryCounts {
  if (probability > 0.5) return label === 1 ? 'truePositives' : 'falsePositives';
  return label === 1 ? 'falseNegatives' : 'trueNegatives';
}

function noCounts(): BinaryCounts {
  return { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 };
}

async function valuesOf(values: NumberPerPicture, what: string): Promise<number[]> {
  if (!('shape' in values)) return [...values];
  const { shape } = values;
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    throw new TypeError(`${what} must have the shape [n, 1] or [n], got [${shape.join(', ')}]`);
  }
  return Array.from(await values.data());
}

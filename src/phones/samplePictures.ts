import { labelledPictures } from '../evaluation/labelledPictures';
import { asProbabilities, predictProbabilities } from '../evaluation/predictProbabilities';
import { rowsOf } from '../evaluation/rowsOf';
import { imageDatasetFromFiles } from '../images/datasets/imageDatasetFromFiles';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { toInput } from '../models/toInput';
import { forEachBatch } from '../evaluation/forEachBatch';
import { tf } from '../tensorflow/tf';

/** On so many pictures a loss of a point shows, and they fill no disk. */
const MOST_PICTURES = 500;

/** Pictures on which files are measured. */
export interface SamplePictures {
  /** How many the folder holds, of which these are spread evenly. */
  all: number;
  /** The true class of each; of made-up pictures none is known. */
  labels?: number[];
  /** Calls with batches of pixels `[n, height, width, channels]`, 0–255, which it disposes. */
  forEach(work: (pixels: tf.Tensor) => Promise<void>): Promise<void>;
}

/**
 * Pictures of a folder of class folders, as a classifier reads them, evenly spread where there are more than {@link MOST_PICTURES}.
 *
 * @throws {Error} as `labelledPictures`
 */
export async function samplePictures(
  classifier: Classifier,
  folder: string,
): Promise<SamplePictures> {
  const { pictures } = await labelledPictures(classifier, folder);
  const step = Math.max(1, pictures.length / MOST_PICTURES);
  const count = Math.min(pictures.length, MOST_PICTURES);
  const list = Array.from({ length: count }, (_, i) => pictures[Math.floor(i * step)]!);
  const batches = await imageDatasetFromFiles(list, {
    ...resizingOf(classifier),
    classNames: classifier.classNames,
    shuffle: false,
    cache: { memory: 0, disk: 0 }, // each is seen once
  });
  return {
    all: pictures.length,
    labels: list.map(({ label }) => label),
    forEach: (work) => forEachBatch(batches, ({ xs }) => work(xs)),
  };
}

/** Two pictures that are made up, where no folder is given: they show whether a file answers as its model at all. */
export function madeUpPictures(shape: readonly number[]): SamplePictures {
  return {
    all: 2,
    async forEach(work) {
      const pixels = tf.randomUniform([2, ...shape], 0, 255, 'float32', 1);
      await work(pixels).finally(() => pixels.dispose());
    },
  };
}

/**
 * What a model says about pictures: probabilities, or of a model alone its outputs, a row for each.
 *
 * @param onBatch called with the pixels of each batch, as they lie in memory
 */
export async function askModel(
  asked: tf.LayersModel | Classifier,
  pictures: SamplePictures,
  onBatch: (pixels: Float32Array) => Promise<void> = async () => {},
): Promise<number[][]> {
  const rows: number[][] = [];
  await pictures.forEach(async (pixels) => {
    await onBatch((await pixels.data()) as Float32Array);
    const answers = tf.tidy(() => {
      if (asked instanceof tf.LayersModel) return asked.predict(pixels) as tf.Tensor;
      return predictProbabilities(asked, toInput(pixels, asked.input.rescale));
    });
    rows.push(...(await rowsOf(answers)));
  });
  return rows;
}

/**
 * The same of outputs that a file gave.
 *
 * @param width how many outputs there are for each picture
 */
export async function readAnswers(
  asked: tf.LayersModel | Classifier,
  outputs: Float32Array,
  width: number,
): Promise<number[][]> {
  const rows = tf.tensor2d(outputs, [outputs.length / width, width]);
  const answers = tf.tidy(() => {
    const answers = asked instanceof tf.LayersModel ? rows : asProbabilities(asked, rows);
    return answers.clone();
  });
  rows.dispose();
  return rowsOf(answers);
}

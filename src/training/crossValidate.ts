import { progressLine } from '../display/text/progressLine';
import { evaluatePictures, type PicturesEvaluation } from '../evaluation/evaluatePictures';
import { checkOptionNames } from '../errors/checkOptionNames';
import type { CheckReport } from '../collections/checking/checkReport';
import { kFold } from '../collections/splitting/kFold';
import type { LabelledPicture } from '../images/formats/listPictures';
import type { Classifier } from '../models/classifier';
import type { tf } from '../tensorflow/tf';
import { meanOf, spreadOf } from './meanAndSpread';
import { endReason, STOPPED_BY_HAND } from './fit/endReason';
import { lineProgress } from './progress/lineProgress';
import { ProgressCallback } from './progress/progressCallback';

/** What a training needs for one of the folds. It does not get the pictures that it will be measured on. */
export interface TrainingFold {
  train: LabelledPicture[];
  classNames: string[];
  /** Which fold it is, from 0. */
  index: number;
  /** Another one for each fold, for its initial weights and the order of its pictures. */
  seed: number;
  /** Shows the epoch in the line that shows the fold; for `fit` and `fitDataset`, with `verbose: 0`. */
  progress: tf.Callback;
}

const SCORES = ['loss', 'accuracy', 'precision', 'recall', 'f1', 'rocAuc'] as const;

/** The numbers of an evaluation that have a mean. */
export type Scores = Record<(typeof SCORES)[number], number>;

/** How well a recipe does, whatever pictures it is trained on. */
export interface CrossValidation {
  folds: PicturesEvaluation[];
  mean: Scores;
  /** The standard deviation between the folds, of a sample (divided by folds − 1): how much one number can be trusted. */
  spread: Scores;
}

/**
 * Trains a recipe several times, each time without another part of the pictures, and measures it on that part: so every
 * picture is a test picture once, and it shows how much the result depends on which pictures are held out.
 *
 * One line, rewritten in place, says what is done: in a notebook under the cell, in a terminal, and nowhere where the output is
 * a pipe.
 *
 * Each part gets its share of every class, and what belongs together stays on one side.
 *
 * @param directory folder that holds one folder per class, at least two
 * @param options.folds how many parts, a whole number from 2
 * @param options.seed whole number: the parts depend on it, and fold `index` trains with `seed + index`
 * @param options.report what `checkPictures` found in the folder, to save the time of looking again
 * @param options.train trains a fresh model; its classifier is disposed after it was measured
 * @throws {RangeError} when a part would have no picture of a class, or a number is wrong; what `train` and `evaluatePictures`
 * throw; Error when the folder cannot be read, a training was stopped by hand, or a classifier names other classes than it
 * @example
 * const { mean, spread } = await crossValidate('data/emotions', {
 *   folds: 5,
 *   seed: 1,
 *   train: async ({ train, classNames, seed, progress }) => {
 *     const model = buildEmotion({ seed });
 *     const batches = await imageDatasetFromFiles(train, { classNames, labelMode: 'binary', seed });
 *     const rescaled = batches.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
 *     await model.fitDataset(rescaled, { epochs: 20, verbose: 0, callbacks: [progress] });
 *     return { model, classNames, input: { imageSize: [256, 256], rescale: { divisor: 255 } } };
 *   },
 * });
 * console.log(`${mean.accuracy.toFixed(3)} ± ${spread.accuracy.toFixed(3)}`);
 */
export async function crossValidate(
  directory: string,
  options: {
    folds: number;
    seed: number;
    report?: CheckReport;
    train: (fold: TrainingFold) => Promise<Classifier>;
  },
): Promise<CrossValidation> {
  checkOptionNames(`Cannot cross-validate on ${JSON.stringify(directory)}`, options, {
    folds: true,
    seed: true,
    report: true,
    train: true,
  });
  const { seed, report, train } = options;
  const line = await progressLine();
  try {
    const { folds, classNames } = await kFold(directory, options.folds, {
      seed,
      report,
      onProgress: (done, files) =>
        line.isDue() && line.show(`Looking at pictures · ${done}/${files} files`),
    });
    const results: PicturesEvaluation[] = [];
    for (const [index, fold] of folds.entries()) {
      const name = `Fold ${index + 1}/${folds.length}`;
      line.show(name);
      const { draw, epochEnd } = lineProgress(line, name);
      // The line is that of all folds.
      const view = { draw, epochEnd, trainingEnd: () => {} };
      const classifier = await train({
        train: fold.train,
        classNames: [...classNames],
        index,
        seed: seed + index,
        progress: new ProgressCallback(async () => view),
      });
      try {
        checkWhole(classifier, name);
        checkClassNames(classifier, classNames);
        const onProgress = (done: number, all: number) =>
          line.isDue() && line.show(`${name} · measured on ${done}/${all} pictures`);
        results.push(await evaluatePictures(classifier, fold.validation, { onProgress }));
      } finally {
        classifier.model.dispose();
      }
    }
    line.end(`${folds.length} folds trained and measured`);
    return scoresOverFolds(results);
  } catch (error) {
    line.end();
    throw error;
  }
}

/** The mean over folds would tell nobody that one of them was hardly trained. */
function checkWhole({ model }: Classifier, name: string): void {
  // A Sequential model trains through the one inside it.
  const { model: inner } = model as tf.LayersModel & { model?: tf.LayersModel };
  if ([model, inner].every((one) => !one || endReason(one)?.words !== STOPPED_BY_HAND)) return;
  throw new Error(
    `Cannot cross-validate: every fold must be trained to its end, and ${name.toLowerCase()} was stopped`,
  );
}

function checkClassNames({ classNames: got }: Classifier, classNames: readonly string[]): void {
  if (JSON.stringify(got) === JSON.stringify(classNames)) return;
  throw new Error(
    `Cannot cross-validate: the classifier must name the classes ${JSON.stringify(classNames)} in this order, got ${JSON.stringify(got)}`,
  );
}

function scoresOverFolds(results: PicturesEvaluation[]): CrossValidation {
  const scores = (of: (values: number[]) => number) =>
    Object.fromEntries(
      SCORES.map((name) => [name, of(results.map((result) => result[name]))]),
    ) as Scores;
  return { folds: results, mean: scores(meanOf), spread: scores(spreadOf) };
}

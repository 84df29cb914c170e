import type { CheckReport } from '../images/checking/checkReport';
import { kFold } from '../images/splitting/kFold';
import type { LabelledPicture } from '../images/listPictures';
import type { Classifier } from '../models/classifier';
import { evaluatePictures, type PicturesEvaluation } from './evaluatePictures';

/** What a training needs for one of the folds. It does not get the pictures that it will be measured on. */
export interface TrainingFold {
  train: LabelledPicture[];
  classNames: string[];
  /** Which fold it is, from 0. */
  index: number;
  /** Another one for each fold, for its initial weights and the order of its pictures. */
  seed: number;
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
 * The parts are those of `kFold`: stratified, and what belongs together stays on one side.
 *
 * @param directory folder that holds one folder per class, at least two
 * @param options.folds how many parts, a whole number from 2
 * @param options.seed whole number: the parts depend on it, and fold `index` trains with `seed + index`
 * @param options.report what `checkPictures` found in the folder, to save the time of looking again
 * @param options.train trains a fresh model; its classifier is disposed after it was measured
 * @throws what `kFold`, `train` and `evaluatePictures` throw; Error when a classifier names other classes than the folder
 * @example
 * const { mean, spread } = await crossValidate('data/emotions', { folds: 5, seed: 1, train: trainOnFold });
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
  const { seed, report, train } = options;
  const { folds, classNames } = await kFold(directory, options.folds, { seed, report });
  const results: PicturesEvaluation[] = [];
  for (const [index, fold] of folds.entries()) {
    const classifier = await train({
      train: fold.train,
      classNames: [...classNames],
      index,
      seed: seed + index,
    });
    try {
      if (JSON.stringify(classifier.classNames) !== JSON.stringify(classNames)) {
        throw new Error(
          `Cannot cross-validate: the classifier must name the classes ${JSON.stringify(classNames)} in this order, got ${JSON.stringify(classifier.classNames)}`,
        );
      }
      results.push(await evaluatePictures(classifier, fold.validation));
    } finally {
      classifier.model.dispose();
    }
  }
  const scores = (of: (values: number[]) => number) =>
    Object.fromEntries(
      SCORES.map((name) => [name, of(results.map((result) => result[name]))]),
    ) as Scores;
  return { folds: results, mean: scores(meanOf), spread: scores(spreadOf) };
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function spreadOf(values: number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

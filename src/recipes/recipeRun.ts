import type { PicturesEvaluation } from '../evaluation/evaluatePictures';
import type { Classifier } from '../models/classifier';

/** What a finished training of a recipe leaves. */
export interface RecipeRun {
  /** The caller disposes `classifier.model`. */
  classifier: Classifier;
  /** One number an epoch, also of the epochs before a resumed training; the validation's where the recipe splits. */
  history: { loss: number[]; accuracy: number[]; val_loss?: number[]; val_accuracy?: number[] };
  /** How many pictures each part held; without a split all are in `train`. */
  pictures: { train: number; validation: number; test: number };
  /** Whether it stopped at the recipe's accuracy; undefined where it has none. */
  reachedAccuracy?: boolean;
  /** How the last weights do on the test part; undefined without a split. */
  test?: PicturesEvaluation;
  seconds: { load: number; fit: number };
  /** Mean time of a batch, with its share of the validation, over the epochs that were made now; NaN where none was. */
  msPerStep: number;
  /** The folder with the log of this run, for the dashboard. */
  logs: string;
}

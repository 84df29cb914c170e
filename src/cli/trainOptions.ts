import type { ReadingOptions } from './backgroundOption';

/** Options of `smile-lab train`. */
export interface TrainOptions extends ReadingOptions {
  /** Empty with `resume`, whose run knows it. */
  data: string;
  /** The name of one; with `resume` the run knows it. */
  recipe: string;
  /** The recipe's own number where it is left out. */
  epochs?: number;
  seed: number;
  out?: string;
  /** The folder of a run that is resumed. */
  resume?: string;
  force: boolean;
  /** Draws the curves in the browser. */
  plot: boolean;
  /** Of the page of curves; a free one where it is left out. */
  port?: number;
  json: boolean;
}

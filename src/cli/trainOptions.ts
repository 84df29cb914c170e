import type { BackgroundOption } from './backgroundOption';
import type { RecipeName } from './recipes';

/** What `smile-lab train` is told. */
export interface TrainOptions extends BackgroundOption {
  /** Empty with `resume`, whose run knows it. */
  data: string;
  recipe: RecipeName;
  /** The recipe's own number where it is left out. */
  epochs?: number;
  seed: number;
  out?: string;
  /** The folder of a run that is gone on with. */
  resume?: string;
  force: boolean;
  /** Draws the curves in the browser. */
  plot: boolean;
  /** Of the page of curves; a free one where it is left out. */
  port?: number;
  json: boolean;
}

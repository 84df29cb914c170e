import type { Progress } from './formatProgress';

/** Where the progress of a training is drawn. */
export interface ProgressView {
  /** Called after every batch, and with `step` equal to the number of steps at the end of an epoch. */
  draw(progress: Progress): void;
  epochEnd(progress: Progress): void;
  /** Called in any case, also when the training failed in the middle of an epoch. */
  trainingEnd(): void | Promise<void>;
}

/** Where a training stands, after a batch or at the end of an epoch. */
export interface Progress {
  /** Counted from 1. */
  epoch: number;
  epochs: number;
  /** Batches of this epoch that are done. */
  step: number;
  /** Batches of an epoch; undefined where the data set does not know its length. */
  steps: number | undefined;
  loss: number;
  /** In 0–1; undefined where the model logs none. */
  accuracy: number | undefined;
  /** Milliseconds since the epoch's start. */
  elapsed: number;
}

/** Characters that a bar has where there is room. */
export const fullBar = 20;

/**
 * One line about an epoch: bar, steps, loss, accuracy, and ms per step.
 *
 * @param bar the bar's length in characters, 20 when left out
 *
 * @example
 * formatProgress({ epoch: 3, epochs: 15, step: 8, steps: 8, loss: 0.52, accuracy: 0.8, elapsed: 640 });
 * // 'Epoch  3/15 ━━━━━━━━━━━━━━━━━━━━ 8/8 · loss 0.5200 · accuracy 0.8000 · 80 ms/step'
 */
export function formatProgress(progress: Progress, bar = fullBar): string {
  const { epoch, epochs, step, steps, loss, accuracy, elapsed } = progress;
  const done = steps === undefined ? 0 : Math.round((bar * step) / steps);
  return [
    `Epoch ${String(epoch).padStart(String(epochs).length)}/${epochs} ` +
      (steps === undefined
        ? `${step}`
        : `${'━'.repeat(done)}${'╌'.repeat(bar - done)} ${step}/${steps}`),
    `loss ${loss.toFixed(4)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${accuracy.toFixed(4)}`]),
    `${step === 0 ? '–' : Math.round(elapsed / step)} ms/step`,
  ].join(' · ');
}

/**
 * The time that the training still needs if every step takes as long as those of this epoch did.
 *
 * @returns such as "12 s left" or "3 min left"; empty where it cannot be known
 */
export function formatTimeLeft({ epoch, epochs, step, steps, elapsed }: Progress): string {
  if (steps === undefined || step === 0) return '';
  const stepsLeft = steps - step + (epochs - epoch) * steps;
  const seconds = Math.ceil((stepsLeft * elapsed) / step / 1000);
  return seconds < 60 ? `${seconds} s left` : `${Math.round(seconds / 60)} min left`;
}

import type { LastEpoch } from './recipe';

/**
 * The figures of the document that the exercise comes from, on its own pictures, which are not published. Its time of a step
 * is what Keras prints, with the validation shared out over the steps, as by `StepClock`.
 */
export const ORIGINAL_FIGURES: LastEpoch = {
  accuracy: 1,
  validationAccuracy: 0.9844,
  loss: 0.0185,
  validationLoss: 0.0338,
  msPerStep: 462,
};

/**
 * Puts the figures of a training beside those of the document that the exercise comes from. They were reached on other
 * pictures, another split and another machine: ours need not equal them.
 *
 * @param ours of the last epoch
 * @returns a table of text, a line a figure
 * @example
 * compareWithOriginal({ accuracy: 1, validationAccuracy: 0.7, loss: 0.01, validationLoss: 1.2, msPerStep: 350 }).join('\n');
 */
export function compareWithOriginal(ours: LastEpoch): string[] {
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  const rows: Array<[name: string, figure: (of: LastEpoch) => string]> = [
    ['training accuracy', ({ accuracy }) => percent(accuracy)],
    ['validation accuracy', ({ validationAccuracy }) => percent(validationAccuracy)],
    [
      'gap between the two',
      ({ accuracy, validationAccuracy }) => percent(accuracy - validationAccuracy),
    ],
    ['training loss', ({ loss }) => loss.toFixed(4)],
    ['validation loss', ({ validationLoss }) => validationLoss.toFixed(4)],
    ['time a step', ({ msPerStep }) => `${Math.round(msPerStep)} ms`],
  ];
  return [
    `${''.padEnd(21)}${'here'.padStart(10)}${'original'.padStart(12)}`,
    ...rows.map(
      ([name, figure]) =>
        name.padEnd(21) + figure(ours).padStart(10) + figure(ORIGINAL_FIGURES).padStart(12),
    ),
  ];
}

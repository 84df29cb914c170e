import type { PicturesEvaluation } from '../evaluation/evaluatePictures';
import { wilsonInterval } from '../evaluation/wilsonInterval';
import type { RecipeRun } from '../recipes/recipeRun';

/**
 * The accuracies of a training, each with what it was measured on; that on pictures which the network has never seen comes
 * last, with its interval.
 *
 * @returns a line each
 */
export function describeScores({ history, pictures, test }: Measured): string[] {
  const lines = [
    `Accuracy in the last epoch on the ${pictures.train} pictures that it was trained with: ${roundedPercent(history.accuracy.at(-1) ?? NaN)} (measured while the weights still changed; the saved model may be right in a few more or fewer)`,
  ];
  const validated = history.val_accuracy?.at(-1);
  if (validated !== undefined) {
    lines.push(
      `Accuracy on the ${pictures.validation} pictures to validate: ${roundedPercent(validated)}`,
    );
  }
  if (!test) return lines;
  const { count, accuracy } = test;
  const [low, high] = wilsonInterval(Math.round(accuracy * count), count);
  const range = `with 95 % confidence between ${roundedPercent(low)} and ${roundedPercent(high)} on all pictures of this kind`;
  lines.push(
    `Accuracy on the ${count} pictures to test, never seen before: ${roundedPercent(accuracy)} (${range})`,
  );
  if (test.classNames.length === 2) return lines;
  const { precision, recall, f1, topTwoAccuracy, calibrationError } = test;
  const figures = [
    `recall ${roundedPercent(recall)}, precision ${roundedPercent(precision)}, F1 ${f1.toFixed(3)} in the mean of the ${test.classNames.length} classes`,
    `the true class among the two most probable ${roundedPercent(topTwoAccuracy)}`,
    `calibration error ${(100 * calibrationError).toFixed(1)} points`,
  ];
  return [...lines, `On these ${count}: ${figures.join('; ')}`];
}

type Measured = Pick<RecipeRun, 'history' | 'pictures'> & {
  test?: Omit<PicturesEvaluation, 'answers' | 'mistakes' | 'loss' | 'rocAuc' | 'confusionMatrix'>;
};

function roundedPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

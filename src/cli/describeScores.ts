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
  return [
    ...lines,
    `Accuracy on the ${count} pictures to test, never seen before: ${roundedPercent(accuracy)} (${range})`,
  ];
}

type Measured = Pick<RecipeRun, 'history' | 'pictures'> & {
  test?: Pick<PicturesEvaluation, 'accuracy' | 'count'>;
};

function roundedPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

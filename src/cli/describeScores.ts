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
    `Accuracy in the last epoch on the ${pictures.train} pictures that it was trained with: ${percent(history.accuracy.at(-1) ?? NaN)}`,
  ];
  const validated = history.val_accuracy?.at(-1);
  if (validated !== undefined) {
    lines.push(
      `Accuracy on the ${pictures.validation} pictures to validate: ${percent(validated)}`,
    );
  }
  if (!test) return lines;
  const { count, accuracy } = test;
  const [low, high] = wilsonInterval(Math.round(accuracy * count), count);
  const range = `with 95 % confidence between ${percent(low)} and ${percent(high)} on all pictures of this kind`;
  return [
    ...lines,
    `Accuracy on the ${count} pictures to test, never seen before: ${percent(accuracy)} (${range})`,
  ];
}

type Measured = Pick<RecipeRun, 'history' | 'pictures'> & {
  test?: Pick<PicturesEvaluation, 'accuracy' | 'count'>;
};

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

import path from 'node:path';

import type { Mistake } from '../../evaluation/evaluatePictures';
import { drawImages } from './drawImages';
import { showSvg } from '../svg/showSvg';

/** Two rows: the worst tell the most. */
const DEFAULT_MOST = 10;

/**
 * Draws the worst mistakes of a classifier in a grid, each with its true class, what it was taken for, and its file's name.
 *
 * @param mistakes the worst first, as `evaluatePictures` gives them
 * @param options.most how many at most, 1 to 100; 10 when left out
 * @returns a self-contained SVG document; undefined when there is no mistake
 * @throws {Error} when a file has gone since; RangeError when `most` is no such number
 *
 * @example
 * const svg = await drawMistakes((await evaluatePictures(classifier, test)).mistakes);
 */
export async function drawMistakes(
  mistakes: readonly Mistake[],
  { most = DEFAULT_MOST }: { most?: number } = {},
): Promise<string | undefined> {
  if (!Number.isInteger(most) || most < 1 || most > 100) {
    throw new RangeError(
      `Cannot draw the mistakes: most must be a whole number from 1 to 100, got ${most}`,
    );
  }
  const worst = mistakes.slice(0, most);
  if (worst.length === 0) return undefined;
  return drawImages(
    worst.map(({ path: file }) => file),
    {
      labels: worst.map(
        ({ className, predicted, path: file }) =>
          `${className} → ${predicted}\n${path.basename(file)}`,
      ),
    },
  );
}

/**
 * Shows the worst mistakes of a classifier under the running notebook cell.
 *
 * @param mistakes as for {@link drawMistakes}
 * @param options as for {@link drawMistakes}
 * @returns how many were shown, and how many there are
 * @throws what {@link drawMistakes} throws, and Error outside a notebook
 *
 * @example
 * await showMistakes((await evaluatePictures(classifier, test)).mistakes);
 */
export async function showMistakes(
  mistakes: readonly Mistake[],
  options: { most?: number } = {},
): Promise<{ shown: number; mistakes: number }> {
  const svg = await drawMistakes(mistakes, options);
  if (svg !== undefined) await showSvg(svg, { show: 'showMistakes', draw: 'drawMistakes' });
  const { most = DEFAULT_MOST } = options;
  return { shown: Math.min(most, mistakes.length), mistakes: mistakes.length };
}

import type { Calibration } from '../../evaluation/calibration';
import { tenths } from '../svg/rounded';
import { showing } from '../svg/showSvg';
import { FONT_SIZE, INK, svgCard } from '../svg/svgCard';
import { drawAxes, roomLeft, BELOW_AXIS } from './axes';
import { roundNumbers } from './roundNumbers';

const SIDE = 320; // CSS pixels, as all below
const COUNTS_HEIGHT = 70;
const BETWEEN = 26;
const HEAD = 24;
const LARGEST_POINT = 12;
const SMALLEST_POINT = 4;

// Okabe and Ito's blue and vermillion; the gap's line is thin and the point round, so that it is not the colour alone.
const REACHED = '#0072B2';
const GAP = '#D55E00';

/**
 * Draws a reliability diagram on a white card: how often a model is right (up) against how sure it was (right), a point for
 * each tenth of sureness that has pictures, the larger the more pictures. On the dashed line sureness and accuracy are equal;
 * a line from there to each point is the gap that the calibration error is the mean of. Below it how many pictures there are.
 *
 * @param evaluation as `evaluatePictures` and `evaluateClassifier` give it
 * @returns a self-contained SVG document, with its numbers in the title
 * @throws {TypeError} when it is no evaluation; RangeError when the model's outputs were no probabilities
 * @example
 * const svg = drawReliability(await evaluatePictures(classifier, split.test));
 */
export function drawReliability(evaluation: Calibration): string {
  const { calibration, calibrationError } = evaluation;
  if (!Array.isArray(calibration) || typeof calibrationError !== 'number') {
    throw new TypeError(
      'Cannot draw the reliability: an evaluation is required, an object with calibration and calibrationError, as evaluatePictures gives it',
    );
  }
  if (calibration.length === 0) {
    throw new RangeError(
      'Cannot draw the reliability: probabilities are required, and the model gives none',
    );
  }
  const shares = roundNumbers([1]).numbers.map(({ value, text }) => ({ at: value * SIDE, text }));
  const upwards = shares.map(({ at, text }) => ({ at: SIDE - at, text }));
  const counts = roundNumbers(calibration.map(({ count }) => count));
  const countAt = (value: number) => COUNTS_HEIGHT * (1 - value / counts.greatest);
  const countTicks = [0, counts.greatest].map((value) => ({
    at: countAt(value),
    text: value.toLocaleString('en'),
  }));
  const y = { title: 'share that is right', ticks: upwards };
  const left = Math.max(roomLeft(y), roomLeft({ title: '', ticks: countTicks }));
  const below = HEAD + SIDE + BETWEEN;
  const words = `calibration error ${(100 * calibrationError).toFixed(1)} points`;
  return svgCard({
    width: left + SIDE + LARGEST_POINT,
    height: below + COUNTS_HEIGHT + BELOW_AXIS,
    title: describeReliability(evaluation),
    content: [
      `<text x="${left}" y="${FONT_SIZE - 2}" font-weight="bold">${words}</text>`,
      `<g transform="translate(${left} ${HEAD})">`,
      drawAxes({ width: SIDE, height: SIDE, x: { title: '', ticks: [] }, y }, left),
      `<path d="M0 ${SIDE}L${SIDE} 0" stroke="${INK}" stroke-dasharray="6 4"/>`,
      ...gapsAndPoints(calibration),
      '</g>',
      `<g transform="translate(${left} ${below})">`,
      ...calibration.map(({ confidence, count }) => {
        const top = Math.min(countAt(count), COUNTS_HEIGHT - 1); // one picture among thousands shows
        const bar = `width="14" height="${tenths(COUNTS_HEIGHT - top)}" fill="${REACHED}"`;
        return `<rect x="${tenths(confidence * SIDE - 7)}" y="${tenths(top)}" ${bar}/>`;
      }),
      drawAxes(
        {
          width: SIDE,
          height: COUNTS_HEIGHT,
          x: { title: 'how sure: the probability of the answer', ticks: shares },
          y: { title: 'pictures', ticks: countTicks },
        },
        left,
      ),
      '</g>',
    ].join(''),
  });
}

/**
 * Shows a reliability diagram under the running notebook cell, stored in the notebook with an alternative text. scikit-learn's is
 * `CalibrationDisplay`, of two classes; Keras has none.
 *
 * @param evaluation as for {@link drawReliability}
 * @throws what {@link drawReliability} throws, and Error outside a notebook
 * @example
 * await showReliability(await evaluatePictures(classifier, split.test));
 */
export const showReliability = showing(drawReliability);

function gapsAndPoints(calibration: Calibration['calibration']): string[] {
  const most = Math.max(...calibration.map(({ count }) => count));
  return calibration.map(({ confidence, accuracy, count }) => {
    const [x, even, reached] = [confidence, 1 - confidence, 1 - accuracy].map((share) =>
      tenths(share * SIDE),
    );
    const radius = Math.max(SMALLEST_POINT, LARGEST_POINT * Math.sqrt(count / most));
    return (
      `<path d="M${x} ${even}V${reached}" stroke="${GAP}" stroke-width="2"/>` +
      `<circle cx="${x}" cy="${reached}" r="${tenths(radius)}" fill="${REACHED}" stroke="#ffffff"/>`
    );
  });
}

function describeReliability({ calibration, calibrationError }: Calibration): string {
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const bins = calibration.map(
    ({ confidence, accuracy, count }) =>
      `of ${count} ${count === 1 ? 'picture' : 'pictures'} ${percent(confidence)} sure ${percent(accuracy)} right`,
  );
  return `Reliability: calibration error ${(100 * calibrationError).toFixed(1)} points; ${bins.join('; ')}`;
}

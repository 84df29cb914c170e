import type { Evaluation } from '../../evaluation/evaluation';
import type { PicturesEvaluation } from '../../evaluation/evaluatePictures';
import { mostConfused } from '../../evaluation/mostConfused';
import { wilsonInterval } from '../../evaluation/wilsonInterval';

/** Mistakes that are listed; the whole list is in the evaluation. */
const LISTED = 10;

/** Columns of a confusion matrix up to which each is headed in words. */
const WRITTEN_OUT = 5;

/** Classes whose results are listed. */
const CLASSES = 12;

/** The range of an accuracy that people print with two digits: 4 points. */
const WANTED_WIDTH = 0.04;

/**
 * Says how well a classifier does on pictures: the numbers, the confusion matrix, what so few pictures can and cannot
 * prove, and the worst mistakes.
 *
 * @returns text in lines, without a line break at its end
 *
 * @example
 * console.log(describeEvaluation(await evaluatePictures(classifier, split.test)));
 * const { test } = await trainRecipe(emotions, { data: 'my-faces', seed: 1 });
 * if (test) console.log(describeEvaluation(test));
 */
export function describeEvaluation(evaluation: PicturesEvaluation): string {
  const { classNames, confusionMatrix: matrix, mistakes } = evaluation;
  const { count, loss, accuracy, precision, recall, f1, rocAuc } = evaluation;
  const { topTwoAccuracy, calibrationError } = evaluation;
  const of =
    classNames.length === 2 ? `of ${JSON.stringify(classNames[1])}` : 'mean of the classes';
  const numbers = [
    `${count} ${count === 1 ? 'picture' : 'pictures'}: accuracy ${roundedPercent(accuracy)}, loss ${loss.toFixed(4)}`,
    `precision ${roundedPercent(precision)}, recall ${roundedPercent(recall)}, F1 ${f1.toFixed(3)}, ROC-AUC ${rocAuc.toFixed(3)} (${of})`,
    ...(classNames.length === 2
      ? []
      : [
          `top-2 accuracy ${roundedPercent(topTwoAccuracy)}, calibration error ${points(calibrationError)}`,
        ]),
  ];
  const listed = mistakes
    .slice(0, LISTED)
    .map(
      ({ path, trueClass, predictedClass, probability }) =>
        `  ${path}: ${trueClass}, taken for ${predictedClass} (${roundedPercent(probability)})`,
    );
  const more = mistakes.length > LISTED ? [`  … and ${mistakes.length - LISTED} more`] : [];
  return [
    ...numbers,
    '',
    ...inColumns(matrixRows(classNames, matrix)),
    '',
    ...(classNames.length === 2 ? [] : [...describeClasses(evaluation), '']),
    describeEvidence(evaluation),
    ...(listed.length > 0 ? ['', 'Mistakes, the worst first:', ...listed, ...more] : []),
  ].join('\n');
}

/** Of a few classes the answers are written out; of more only named, and of very many only the most confused ones. */
function matrixRows(classNames: readonly string[], confusionMatrix: number[][]): string[][] {
  const drawn = mostConfused({ classNames, confusionMatrix });
  const isShort = drawn.classNames.length <= WRITTEN_OUT;
  return [
    [
      isShort ? '' : 'true class, taken for:',
      ...drawn.classNames.map((name) => (isShort ? `taken for ${name}` : name)),
    ],
    ...drawn.confusionMatrix.map((row, k) => [drawn.classNames[k]!, ...row.map(String)]),
  ];
}

/** The results of the classes, of many only the worst. */
function describeClasses({ classes }: Evaluation): string[] {
  const isAll = classes.length <= CLASSES;
  const shown = isAll
    ? classes
    : [...classes].sort((a, b) => a.recall - b.recall).slice(0, CLASSES);
  const rows = shown.map(({ name, count, precision, recall, recallInterval: [low, high], f1 }) => [
    ...[name, String(count), roundedPercent(recall)],
    `${roundedPercent(low)} to ${roundedPercent(high)}`,
    ...[roundedPercent(precision), f1.toFixed(3)],
  ]);
  const head = ['class', 'pictures', 'recall', 'with 95 % confidence', 'precision', 'F1'];
  return [
    ...inColumns([head, ...rows]),
    ...(isAll ? [] : [`… and ${classes.length - CLASSES} classes of a better recall`]),
  ];
}

/**
 * Says what an accuracy on so many pictures can and cannot prove.
 *
 * @returns two sentences
 *
 * @example
 * describeEvidence(evaluation); // 32 of 32 right: on all pictures of this kind the accuracy is, with 95 % confidence, …
 */
export function describeEvidence({
  count,
  accuracy,
  accuracyInterval: [low, high],
  confusionMatrix: matrix,
}: Evaluation): string {
  const right = Math.round(accuracy * count);
  const sizes = matrix.map((row) => row.reduce((sum, number) => sum + number, 0));
  const guessing = Math.max(...sizes) / count;
  const proof =
    low > guessing
      ? `That is better than always guessing the commonest class (${roundedPercent(guessing)})`
      : `That does not prove it to be better than always guessing the commonest class (${roundedPercent(guessing)})`;
  const needed = picturesFor(accuracy);
  const limit =
    high - low > WANTED_WIDTH
      ? `, and tells no two classifiers apart that both lie in this range; a range of ${100 * WANTED_WIDTH} points takes about ${needed} pictures`
      : '';
  return (
    `${right} of ${count} right: on all pictures of this kind the accuracy is, with 95 % confidence, between ${roundedPercent(low)} and ${roundedPercent(high)}, ` +
    `if the pictures are independent (several of one face are not) and none of them was in the training. ${proof}${limit}.`
  );
}

/** How many pictures it takes at least until the interval at this accuracy is as narrow as wanted, to two digits. */
function picturesFor(accuracy: number): number {
  const width = (count: number) => {
    const [low, high] = wilsonInterval(Math.round(accuracy * count), count);
    return high - low;
  };
  let [tooFew, enough] = [1, 4096]; // at an accuracy of 0.5, the widest, 2398 are enough
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (width(middle) > WANTED_WIDTH) tooFew = middle;
    else enough = middle;
  }
  return Number(enough.toPrecision(2));
}

function inColumns(rows: readonly string[][]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  '),
  );
}

function roundedPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A difference of two shares in percent. */
function points(difference: number): string {
  return Number.isNaN(difference) ? 'unknown' : `${(100 * difference).toFixed(1)} points`;
}

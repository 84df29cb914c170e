import { predictedIndex } from '../evaluation/probabilitiesOf';

/** What a file was found to be, by asking it. */
export interface FileReport {
  /** How its numbers are kept: `'float32'`, or as it was quantized. */
  kind: string;
  bytes: number;
  /** The share of the pictures in which it is right, 0–1; undefined where no true class is known. */
  accuracy?: number;
  /** The share in which it names the class that the model names, 0–1. */
  agreement: number;
  /** The largest difference of a probability from the model's. */
  largestDifference: number;
}

/** What was measured before a file was written. */
export interface ExportReport {
  /** How many pictures were asked about; of a folder of more, spread evenly. */
  pictures: number;
  /** How many the folder holds. */
  ofPictures: number;
  /** The share in which the model itself is right, 0–1; undefined where no true class is known. */
  accuracy?: number;
  /** The file without quantization, and behind it the quantized one. */
  files: FileReport[];
}

/** @param labels the true classes; those of made-up pictures are not known */
export function accuracyOf(
  answers: readonly number[][],
  labels: readonly number[] | undefined,
): number | undefined {
  return labels && shareOf(answers, (row, i) => predictedIndex(row) === labels[i]);
}

/**
 * Compares what a file answers with what its model does.
 *
 * @param answers a row of probabilities for each picture; and so of `own`, the model's
 *
 * @example
 * fileReport('int8', 10, [[0.25], [0.75]], [[0.5], [0.75]], [1, 1]); // accuracy 0.5, agreement 1, largestDifference 0.25
 */
export function fileReport(
  kind: string,
  bytes: number,
  answers: readonly number[][],
  own: readonly number[][],
  labels?: readonly number[],
): FileReport {
  const differences = answers.flatMap((row, i) =>
    row.map((value, j) => distance(value, own[i]![j]!)),
  );
  return {
    kind,
    bytes,
    accuracy: accuracyOf(answers, labels),
    agreement: shareOf(answers, (row, i) => predictedIndex(row) === predictedIndex(own[i]!)),
    largestDifference: differences.reduce((most, value) => Math.max(most, value), 0),
  };
}

/** What is no number is as far away as can be: otherwise NaN would count as nothing. */
function distance(a: number, b: number): number {
  const difference = Math.abs(a - b);
  return Number.isNaN(difference) && !Object.is(a, b) ? Infinity : difference || 0;
}

function shareOf(
  rows: readonly number[][],
  holds: (row: number[], index: number) => boolean,
): number {
  return rows.filter(holds).length / rows.length;
}

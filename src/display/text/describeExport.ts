import type { ExportReport } from '../../phones/fileReport';

/**
 * Says how large the files are, and how well they answer.
 *
 * @returns text in lines, without a line break at its end
 *
 * @example
 * console.log(describeExport(await exportClassifier(classifier, 'faces.tflite')));
 */
export function describeExport({ pictures, ofPictures, accuracy, files }: ExportReport): string {
  const [whole] = files;
  const count = pictures < ofPictures ? `${pictures} of ${ofPictures}` : String(pictures);
  const head =
    accuracy === undefined
      ? `Asked about ${count} made-up pictures:`
      : `Measured on ${count} pictures, of which the model gets ${percent(accuracy)} right:`;
  const lines = files.map((file) => {
    const share = file === whole ? '' : ` (${(file.bytes / whole!.bytes).toFixed(3)} of it)`;
    return [
      `  ${file.kind}: ${sizeOf(file.bytes)}${share}`,
      ...(file.accuracy === undefined ? [] : [`${percent(file.accuracy)} right`]),
      `the model's class in ${percent(file.agreement)}`,
      `at most ${file.largestDifference.toPrecision(1)} apart`,
    ].join(', ');
  });
  return [head, ...lines].join('\n');
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

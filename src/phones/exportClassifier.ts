import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { checkPath } from '../errors/checkPath';
import { makeFolder } from '../files/makeFolder';
import { writing } from '../files/writeProblem';
import { writeTogether } from '../files/writeTogether';
import type { Classifier } from '../models/classifier';
import { withMetadata } from '../saving/classifierMetadata';
import type { TfjsQuantization } from '../saving/quantizeWeights';
import { saveTfjs } from '../saving/saveTfjs';
import { tf } from '../tensorflow/tf';
import { checkLoss } from './checkLoss';
import { checkedExport, type ExportOptions } from './exportOptions';
import { convertInPython } from './convertInPython';
import { convertToTfjs } from './convertToTfjs';
import { accuracyOf, type ExportReport, fileReport } from './fileReport';
import { pictureShape } from './pictureShape';
import { madeUpPictures, samplePictures } from './samplePictures';

/** How far a file without quantization may be from its model, of an answer or, where they are larger, of the largest. */
const TOLERANCE = 1e-3;

/**
 * Writes a classifier for other programs: as `.tflite`, which phones (LiteRT, before called TensorFlow Lite) and LiteRT.js open;
 * as `.onnx`; or as `model.json` of TensorFlow.js with weights in fewer bits. The file is asked about pictures before it is
 * written, and what it answers is compared with what the model does.
 *
 * A `.tflite` and an `.onnx` take pixels as they are, float32 from 0 to 255, `[1, height, width, channels]` (`.onnx` `[n, …]`):
 * the rescaling lies in them, resizing does not. They answer as the model does, and with them travel `labels.txt`, a class
 * a line, and `smile-lab.json`: in a `.tflite` in a zip archive at its end (`unzip faces.tflite`), in an `.onnx` as metadata.
 *
 * TensorFlow's own converter in Python does the work, in some seconds; for `.onnx` tf2onnx, which `npx smile-lab get onnx`
 * downloads.
 *
 * @param classifier or a model alone, which takes pixels as it takes them; it stays the caller's to dispose
 * @param file its name ends in `.tflite` or `.onnx`, or is `model.json`; the folders above it are made where they are missing
 * @returns what was measured; without `samples` with two made-up pictures
 * @throws {TypeError} or RangeError when an option is wrong; Error when something is there already, the model has more than one
 * input or output or takes any size, Keras has not the same layers, the converter fails, a quantized file loses more than 2
 * points of accuracy, or it cannot be written
 * @example
 * const report = await exportClassifier(classifier, 'faces.tflite', { quantize: 'int8', samples: 'my-faces' });
 * report.files.map(({ kind, bytes, accuracy }) => `${kind}: ${bytes} bytes, accuracy ${accuracy}`);
 */
export async function exportClassifier(
  classifier: tf.LayersModel | Classifier,
  file: string,
  options: ExportOptions = {},
): Promise<ExportReport> {
  checkPath('Cannot export the model', 'behind the model a file', file);
  const cannot = `Cannot export the model to ${JSON.stringify(file)}`;
  const { format, quantize, samples, acceptLoss, onReport, overwrite, training } =
    await checkedExport(cannot, file, options);
  const { network, smileLab } = withMetadata(classifier, cannot);
  const shape = pictureShape(network, smileLab?.input.imageSize, cannot);
  if (samples !== undefined && !smileLab) {
    throw new Error(`${cannot}: to be measured on samples it must name its classes (--classes)`);
  }
  await tf.ready();
  const pictures =
    samples === undefined
      ? madeUpPictures(shape)
      : await samplePictures(classifier as Classifier, samples);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'smile-lab-export-'));
  try {
    const kinds = ['float32', ...(quantize ? [quantize] : [])];
    const { own, files } = await (
      format === 'tfjs'
        ? convertToTfjs(classifier, kinds, pictures, folder)
        : convertInPython({ asked: classifier, network, smileLab, format, kinds, pictures }, folder)
    ).catch((error: Error) => {
      throw new Error(`${cannot}: ${error.message}`, { cause: error });
    });
    const { labels, all: ofPictures } = pictures;
    const reports = files.map(async ({ kind, path, answers }) =>
      fileReport(kind, (await fs.stat(path)).size, answers, own, labels),
    );
    const report: ExportReport = {
      ...{ pictures: own.length, ofPictures, accuracy: accuracyOf(own, labels) },
      files: await Promise.all(reports),
    };
    checkSame(cannot, report, own);
    onReport?.(report);
    if (!acceptLoss) checkLoss(cannot, report);
    if (format === 'tfjs') {
      const saved = { overwrite, training, quantize: quantize as TfjsQuantization };
      await saveTfjs(classifier, path.dirname(file), saved);
      return report;
    }
    const content = await fs.readFile(files.at(-1)!.path);
    await writing(cannot, () => {
      makeFolder(path.dirname(file));
      return writeTogether(path.dirname(file), [[path.basename(file), content]]);
    });
    return report;
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** A converter that leaves something away is no loss that anybody can accept. */
function checkSame(cannot: string, { files }: ExportReport, own: readonly number[][]): void {
  const { largestDifference } = files[0]!;
  const largest = own.flat().reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  if (largestDifference <= TOLERANCE * largest) return;
  throw new Error(
    `${cannot}: what the converter made of it does not answer as the model does, it is ${largestDifference.toPrecision(2)} away`,
  );
}

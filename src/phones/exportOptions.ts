import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { checkOptionNames } from '../errors/checkOptionNames';
import { checkPath } from '../errors/checkPath';
import { checkWord } from '../errors/checkWord';
import { ifThere } from '../files/ifThere';
import { writing } from '../files/writeProblem';
import { AlreadyThere } from '../saving/AlreadyThere';
import type { TrainingConfig } from '../saving/keras/trainingConfig';
import { TFJS_QUANTIZATIONS, type TfjsQuantization } from '../saving/quantizeWeights';
import { ONNX_FOLDER } from './convertInPython';
import type { ExportReport } from './fileReport';

/** Options of `exportClassifier`. */
export interface ExportOptions {
  /**
   * How the weights are kept, in 32 bits when left out. Of a `.tflite`: `'float16'`, half the size; `'dynamic'`, in 8 bits, a
   * quarter; `'int8'`, which computes in 8 bits too. Of a `model.json`: `'float16'`, `'uint16'` or `'uint8'`; TensorFlow.js
   * computes in 32 bits all the same, and the last two leave what is no kernel as it is. It needs `samples`.
   */
  quantize?: 'dynamic' | 'int8' | TfjsQuantization;
  /** A folder of class folders: the file is measured on its pictures (of more than 500 on 500, spread evenly), and `'int8'` learns from 100 of them how large the numbers in the network become. */
  samples?: string;
  /** Writes a quantized file also where it is right in more than 2 points less of the pictures; false when left out. */
  acceptLoss?: boolean;
  /** Called with what was measured, before the file is written. */
  onReport?: (report: ExportReport) => void;
  /** Replaces what is there; without it that is an error. */
  overwrite?: boolean;
  /** For a `model.json`: how it was compiled, which `loadClassifier` then knows. */
  training?: TrainingConfig;
}

type Format = 'tflite' | 'onnx' | 'tfjs';
const QUANTIZATIONS: Readonly<Record<Format, readonly string[]>> = {
  tflite: ['dynamic', 'float16', 'int8'],
  onnx: [],
  tfjs: TFJS_QUANTIZATIONS,
};

/**
 * Checks the options of `exportClassifier`, and what is needed and in the way.
 *
 * @throws {TypeError} or RangeError when one is wrong; Error when the ending is not known, a file is there already, or what
 * writes .onnx is not there yet
 */
export async function checkedExport(
  cannot: string,
  file: string,
  options: ExportOptions,
): Promise<ExportOptions & { format: Format }> {
  const names = { quantize: true, samples: true, acceptLoss: true, onReport: true } as const;
  checkOptionNames(cannot, options, { ...names, overwrite: true, training: true });
  const { quantize, samples, overwrite = false } = options;
  const format = formatOf(file);
  if (!format) {
    throw new Error(`${cannot}: its name must end in .tflite or .onnx, or be model.json`);
  }
  if (quantize !== undefined) {
    const known = QUANTIZATIONS[format];
    if (known.length === 0) {
      throw new Error(`${cannot}: an .onnx is written without quantization, got ${quantize}`);
    }
    checkWord(cannot, 'quantize (--quantize)', quantize, known);
    if (samples === undefined) {
      throw new TypeError(
        `${cannot}: what ${quantize} loses is measured, so that samples (--samples) must name a folder of pictures, one folder a class`,
      );
    }
  }
  if (samples !== undefined) checkPath(cannot, 'samples, a folder,', samples);
  if (format === 'onnx' && !existsSync(ONNX_FOLDER)) {
    throw new Error(
      `${cannot}: what writes .onnx is not there yet. Get it, 40 MB, by: npx smile-lab get onnx`,
    );
  }
  const isThere = await writing(cannot, () => ifThere(fs.lstat(file)));
  if (isThere && !overwrite) {
    const what = format === 'tfjs' ? 'the folder holds a model' : 'there is a file';
    throw new AlreadyThere(`${cannot}: ${what} already`);
  }
  return { ...options, format };
}

function formatOf(file: string): Format | undefined {
  if (path.basename(file) === 'model.json') return 'tfjs';
  if (file.endsWith('.onnx')) return 'onnx';
  return file.endsWith('.tflite') ? 'tflite' : undefined;
}

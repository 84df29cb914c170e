import path from 'node:path';

import { isFolder } from '../files/isFolder';
import { describeExport } from '../display/text/describeExport';
import { show } from '../errors/show';
import type { Classifier } from '../models/classifier';
import { exportClassifier } from '../phones/exportClassifier';
import type { ExportOptions } from '../phones/exportOptions';
import type { ExportReport } from '../phones/fileReport';
import { AlreadyThere } from '../saving/AlreadyThere';
import { checkedMetadata } from '../saving/classifierMetadata';
import { compileFromKeras } from '../saving/keras/compileFromKeras';
import { describeForKeras } from '../saving/keras/describeForKeras';
import { onlyInKeras3 } from '../saving/keras/asKeras2';
import { isKerasFile, loadClassifier, openModel } from '../saving/loadClassifier';
import { openKeras } from '../saving/loadKeras';
import { saveTfjs } from '../saving/saveTfjs';
import { fromSaved } from '../saving/savedMetadata';
import { saveKeras } from '../saving/saveKeras';
import { stockTfjsNotice } from '../saving/stockTfjsNotice';
import { tf } from '../tensorflow/tf';
import { foreignModelOptions, type ModelOptions } from './modelOptions';

export interface ConvertOptions
  extends ModelOptions, Pick<ExportOptions, 'quantize' | 'samples' | 'acceptLoss'> {}

/**
 * `smile-lab convert`: writes a model in another format, `.keras`, `.h5`, or a folder in tfjs's own, with the class names,
 * and input that it carries, and how it was compiled. The optimizer's state goes only from `.keras` or `.h5` into
 * a `.keras`; elsewhere the optimizer starts anew. Or for other programs: `.tflite`, `.onnx`, or tfjs's with fewer bits, each
 * measured before it is written.
 *
 * @throws {Error} when the model cannot be loaded or written, or something is there already, or quantization loses too much
 */
export async function convert(
  from: string,
  to: string,
  options: ConvertOptions = {},
): Promise<void> {
  await tf.ready(); // WebGPU takes a moment to start
  const cannot = `Cannot convert ${show(from)}`;
  const { quantize, samples, acceptLoss } = options;
  const target = await targetOf(to);
  const isExport = ['tflite', 'onnx'].includes(target.type) || quantize !== undefined;
  if (!isExport && (samples !== undefined || acceptLoss)) {
    throw new Error(
      `${cannot}: --samples and --accept-loss measure a .tflite, an .onnx, or what --quantize makes; got ${show(to)}`,
    );
  }
  const { model, smileLab, training, compiled } = await open(from, target.type);
  try {
    const given = await namedClassifier(from, model, smileLab, options);
    if (isExport) {
      const file = target.type === 'tfjs' ? path.join(target.path, 'model.json') : target.path;
      const onReport = (report: ExportReport) =>
        void process.stdout.write(`${describeExport(report)}\n`);
      await exportClassifier(given, file, {
        quantize,
        samples,
        acceptLoss,
        onReport,
        training,
      }).catch(withoutOverwrite);
      process.stdout.write(`Wrote ${file}.\n`);
      return;
    }
    const written = await (
      target.type === 'tfjs'
        ? saveTfjs(given, target.path, { training })
        : saveKeras(given, target.path, { training })
    ).catch(withoutOverwrite);
    const classes = given === model ? ' It names no classes.' : '';
    const notice = noticeOf(target.type, model);
    process.stdout.write(`Wrote ${written}, ${compiled}.${classes}${notice && ` ${notice}`}\n`);
  } finally {
    model.dispose();
  }
}

/** The model with what it says of its pictures itself, or with what is given of a model of others; alone where nothing is. */
async function namedClassifier(
  from: string,
  model: tf.LayersModel,
  smileLab: unknown,
  options: ModelOptions,
): Promise<tf.LayersModel | Classifier> {
  const foreign = foreignModelOptions(options);
  if (Object.values(foreign).some((value) => value !== undefined)) {
    const named = await loadClassifier(from, foreign);
    named.model.dispose();
    return { ...named, model };
  }
  if (smileLab === undefined) return model;
  const cannot = `Cannot convert ${show(from)}`;
  return { model, ...checkedMetadata(cannot, fromSaved(cannot, smileLab), model) };
}

/** The terminal has no such option. */
function withoutOverwrite(error: Error): never {
  if (!(error instanceof AlreadyThere)) throw error;
  throw new Error(`${error.fact}, and convert replaces none`, { cause: error });
}

/** What the other program may fail at. */
function noticeOf(type: Target['type'], model: tf.LayersModel): string {
  if (type === 'h5') {
    const layer = onlyInKeras3(describeForKeras(model).config);
    return layer === undefined
      ? 'Keras 2 and Keras 3 open it.'
      : `Keras 3 opens it, Keras 2 does not, because of ${layer}.`;
  }
  return type === 'tfjs' ? stockTfjsNotice(model) : '';
}

interface Target {
  type: 'keras' | 'h5' | 'tfjs' | 'tflite' | 'onnx';
  path: string;
}

async function targetOf(to: string): Promise<Target> {
  if (to.endsWith('.keras')) return { type: 'keras', path: to };
  if (to.endsWith('.h5')) return { type: 'h5', path: to };
  if (to.endsWith('.tflite')) return { type: 'tflite', path: to };
  if (to.endsWith('.onnx')) return { type: 'onnx', path: to };
  if (path.basename(to) === 'model.json') return { type: 'tfjs', path: path.dirname(to) };
  // Somebody who asks for a format that is not known here would otherwise get a folder of that name.
  if (/\.[a-z][a-z0-9]*$/i.test(to) && !(await isFolder(to))) {
    throw new Error(
      `Cannot write a model to ${JSON.stringify(to)}: a name that ends in .keras, .h5, .tflite or .onnx is required, or that of a folder for tfjs's format`,
    );
  }
  return { type: 'tfjs', path: to };
}

/** Opens a model, compiled where its new format holds the optimizer, and says in words how it will be compiled there. */
async function open(from: string, type: Target['type']) {
  const without = 'not compiled';
  const anew = 'compiled as it was, its optimizer anew';
  if (type !== 'keras' || !(await isKerasFile(from))) {
    const opened = await openModel(from);
    const { model, training } = opened;
    if (!training) return { ...opened, compiled: without };
    if (type !== 'keras')
      return { ...opened, compiled: `${without}, its loss and optimizer noted` };
    try {
      compileFromKeras(model, training);
      return { ...opened, compiled: anew };
    } catch (error) {
      return { ...opened, compiled: `${without}, for ${(error as Error).message}` };
    }
  }
  try {
    const opened = await openKeras(from, { compile: true });
    const compiled = opened.hasState ? 'compiled as it was' : anew;
    return { ...opened, compiled: opened.model.optimizer ? compiled : without };
  } catch (error) {
    // What cannot be opened at all says so now.
    const opened = await openModel(from);
    return { ...opened, compiled: `${without}, for ${reasonOf(error as Error)}` };
  }
}

/** Of "Cannot load … from "…": reason; with compile: false …" */
function reasonOf({ cause }: Error): string {
  const { cause: inner = cause } = cause as Error;
  return (inner as Error).message;
}

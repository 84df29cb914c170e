import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { checkOptionNames } from '../errors/checkOptionNames';
import { listed } from '../errors/listed';
import { show } from '../errors/show';
import { fileProblem } from '../files/fileProblem';
import { isFolder } from '../files/isFolder';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import { checkedMetadata } from './classifierMetadata';
import { isConfig } from './keras/values/values';
import { savedLoss } from './keras/objectiveFromKeras';
import { foreignMetadata, type ForeignModelOptions } from './foreignMetadata';
import { trainingConfig } from './keras/trainingConfig';
import { type KerasFile, openKeras } from './loadKeras';
import {
  loadingProblem,
  type ModelJson,
  modelJsonProblem,
  modelJsonSchema,
} from './modelJsonProblem';
import { fromSaved } from './savedMetadata';
import { contentHash } from './tfjsFiles';
import { withOutputsKnown } from './withOutputsKnown';
import { warnOfWeightsIn } from './warnOfWeightsIn';

/**
 * Loads a classifier that `saveClassifier` or `saveKeras` saved, or a model of others whose classes are given.
 *
 * @param location a folder that holds a `model.json`, or a `model.json` itself, or a file `.keras` or `.h5`
 * @param options for a model that others saved, what its file does not say: `classNames` always, in the order of its output;
 * of its `input` `imageSize` where the model takes any size, `rescale` unless one of its layers rescales the pictures, and what
 * else differs from Keras' defaults
 * @returns the classifier, ready to predict; the caller disposes its model. It is not compiled. Where the network ends without
 * sigmoid or softmax, the loss in the file says whether it gives logits; where that is missing too it is taken to, or to
 * decide by the sign (tanh), and a sentence on standard error says so; another one warns of weights that are NaN or infinite
 * @throws {Error} when there is no model, it is damaged, something is not given, or is given differently by the file, or
 * no class can be read from what the network gives
 * @example
 * const classifier = await loadClassifier('models/faces');
 */
export async function loadClassifier(
  location: string,
  options: ForeignModelOptions = {},
): Promise<Classifier> {
  const cannot = cannotLoad(location);
  checkOptionNames(cannot, options, { classNames: true, input: true });
  const { model, smileLab, loss } = await openModel(location, (isForeign, file) => {
    if (isForeign && options.classNames === undefined)
      throw new Error(`${cannot}: ${noClasses(file)}`);
  });
  return checkedOrDisposed(model, () => {
    const metadata = checkedMetadata(cannot, metadataOf(model, smileLab, options, cannot), model);
    return withOutputsKnown({ model, ...metadata }, loss, cannot);
  });
}

/** A model and what stands beside it in a file of any format. */
export type OpenedModel = Omit<KerasFile, 'hasState'>;

/**
 * Opens a model in any of the formats that {@link loadClassifier} takes, whether it names its classes or not.
 *
 * @param check called before the layers are built, with whether the file is of others, and its name where it is no `.keras` or `.h5`;
 * may throw
 */
export async function openModel(
  location: string,
  check: (isForeign: boolean, file?: string) => void = () => {},
): Promise<OpenedModel> {
  const cannot = cannotLoad(location);
  if (await isKerasFile(location)) {
    const opened = await openKeras(location, { compile: false });
    return checkedOrDisposed(opened.model, () => {
      check(opened.smileLab === undefined);
      return opened;
    });
  }
  const file = await modelFile(location, cannot);
  const saved = await readModelJson(file, cannot);
  const smileLab = saved.userDefinedMetadata?.smileLab;
  check(smileLab === undefined, path.basename(file));
  await checkWeights(path.dirname(file), saved, cannot);
  const training = saved.trainingConfig ?? saved.modelTopology?.training_config;
  const model = await loadModel(file, saved, cannot);
  await warnOfWeightsIn(location, model);
  return { model, smileLab, loss: savedLoss(training), training: trainingConfig(training) };
}

/** Whether a path is that of a `.keras` or `.h5` file: a folder may be called so, too. */
export async function isKerasFile(location: string): Promise<boolean> {
  return /\.(keras|h5|hdf5)$/.test(location) && !(await isFolder(location));
}

function cannotLoad(location: string): string {
  return `Cannot load a model from ${JSON.stringify(location)}`;
}

function noClasses(file: string | undefined): string {
  const [it, saver] =
    file === undefined
      ? ['it', 'saveKeras has saved with them']
      : [`its ${file}`, 'smile-lab or saveClassifier has saved'];
  return `${it} names no classes, so it is none that ${saver}; for a model of others give classNames (--classes)`;
}

function checkedOrDisposed<T>(model: tf.LayersModel, check: () => T): T {
  try {
    return check();
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function metadataOf(
  model: tf.LayersModel,
  smileLab: unknown,
  options: ForeignModelOptions,
  cannot: string,
): unknown {
  if (smileLab === undefined) return foreignMetadata(model, options, cannot);
  const given = Object.keys(options).filter(
    (name) => options[name as keyof ForeignModelOptions] !== undefined,
  );
  if (given.length === 0) return fromSaved(cannot, smileLab);
  throw new Error(
    `${cannot}: it has its own classNames and input; leave out ${given.join(' and ')} (--classes, or --scale and other options of the input)`,
  );
}

async function modelFile(location: string, cannot: string): Promise<string> {
  let missing: unknown;
  for (const candidate of [path.join(location, 'model.json'), location]) {
    try {
      if ((await fs.stat(candidate)).isFile()) return path.resolve(candidate);
    } catch (error) {
      const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isMissing) throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
      missing = error;
    }
  }
  const holds = (name: string) => existsSync(path.join(location, name));
  // What a recipe keeps of a run; its model comes last.
  if (holds('run.json')) {
    throw new Error(
      `${cannot}: its training has not ended; npx smile-lab train --resume ${show(location)} goes on with it`,
    );
  }
  if (holds('saved_model.pb')) {
    throw new Error(
      `${cannot}: it is a SavedModel, which has no layers any more; save the model in Keras as .keras, and give that file`,
    );
  }
  const names = await fs.readdir(location).catch(() => undefined);
  const inside: string[] = [];
  for (const name of names ?? []) {
    const isModel = /\.(keras|h5)$/.test(name) || holds(path.join(name, 'model.json'));
    if (isModel) inside.push(path.join(location, name));
  }
  const found = names === undefined ? 'nothing is there' : 'this folder holds none';
  const instead = inside.length === 0 ? '' : `; in it there are ${listed(inside)}`;
  throw new Error(
    `${cannot}: a folder with a model.json, or a model.json, is required, and ${found}${instead}`,
    { cause: missing },
  );
}

async function readModelJson(file: string, cannot: string): Promise<ModelJson> {
  const json = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
  });
  const damaged = `${cannot}: ${path.basename(file)} is damaged or no model`;
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (error) {
    const reason = file.endsWith('.json')
      ? `${damaged}, it is no JSON`
      : `${cannot}: it is no model; a .keras, an .h5, or a folder with a model.json is required`;
    throw new Error(reason, { cause: error });
  }
  const { data, error } = modelJsonSchema.safeParse(isConfig(content) ? content : {});
  if (data) return data;
  const [issue] = error.issues;
  throw new Error(`${damaged} (${issue?.path.join('.') || 'its content'}: ${issue?.message})`);
}

async function loadModel(file: string, saved: ModelJson, cannot: string): Promise<tf.LayersModel> {
  const problem = await modelJsonProblem(path.dirname(file), saved);
  if (problem !== undefined) throw new Error(`${cannot}: ${problem}`);
  // Where the chosen device cannot compute this throws the reason, which is none of the model's.
  tf.tidy(() => void tf.scalar(0));
  try {
    return await tf.loadLayersModel(tf.io.fileSystem(file));
  } catch (error) {
    throw new Error(`${cannot}: ${loadingProblem(error as Error)}`, { cause: error });
  }
}

/** tfjs takes weights as they come; ours carry a sum of their content in their name. */
async function checkWeights(
  folder: string,
  { weightsManifest }: ModelJson,
  cannot: string,
): Promise<void> {
  for (const name of weightsManifest?.flatMap(({ paths }) => paths) ?? []) {
    const [, hash] = /^weights-([0-9a-f]{16})\.bin$/.exec(name) ?? [];
    if (hash === undefined) continue;
    const weights = await fs.readFile(path.join(folder, name)).catch((error: unknown) => {
      throw new Error(`${cannot}, its ${name}: ${fileProblem(error)}`, { cause: error });
    });
    if (contentHash(weights) !== hash) {
      throw new Error(`${cannot}, its ${name}: it is cut off or was changed`);
    }
  }
}

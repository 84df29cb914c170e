import fs from 'node:fs/promises';
import path from 'node:path';
import { fileProblem } from '../images/fileProblem';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import { checkedMetadata } from './classifierMetadata';
import { openKeras } from './loadKeras';
import { contentHash } from './saveClassifier';

/**
 * Loads what `saveClassifier` saved, or a classifier that `saveKeras` saved.
 *
 * @param location a folder that holds a `model.json`, or a `model.json` itself, or a `.keras` file
 * @returns the classifier, ready to predict; the caller disposes its model. It is not compiled.
 * @throws Error when there is no model, it is damaged, or it was saved without class names
 * @example
 * const classifier = await loadClassifier('models/faces');
 */
export async function loadClassifier(location: string): Promise<Classifier> {
  const cannot = `Cannot load a model from ${JSON.stringify(location)}`;
  if (/\.(keras|h5|hdf5)$/.test(location) && !(await isFolder(location))) {
    return loadKerasClassifier(location, cannot);
  }
  const file = await modelFile(location, cannot);
  const saved = await readModelJson(file, cannot);
  const smileLab = saved.userDefinedMetadata?.smileLab;
  if (smileLab === undefined) {
    throw new Error(
      `${cannot}: its model.json names no classes, so it is none that smile-lab or saveClassifier has saved`,
    );
  }
  await checkWeights(path.dirname(file), saved, cannot);
  return classifierOf(await loadModel(file, saved, cannot), smileLab, cannot);
}

async function isFolder(location: string): Promise<boolean> {
  return fs.stat(location).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function loadKerasClassifier(file: string, cannot: string): Promise<Classifier> {
  const { model, smileLab } = await openKeras(file, { compile: false });
  if (smileLab !== undefined) return classifierOf(model, smileLab, cannot);
  model.dispose();
  throw new Error(
    `${cannot}: it names no classes, so it is none that saveKeras has saved with them; loadKeras opens it as a model`,
  );
}

function classifierOf(model: tf.LayersModel, smileLab: unknown, cannot: string): Classifier {
  try {
    return { model, ...checkedMetadata(cannot, smileLab, model) };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

interface ModelJson {
  modelTopology?: object;
  userDefinedMetadata?: { smileLab?: unknown };
  weightsManifest?: Array<{ paths?: string[] }>;
}

async function modelFile(location: string, cannot: string): Promise<string> {
  for (const candidate of [path.join(location, 'model.json'), location]) {
    try {
      if ((await fs.stat(candidate)).isFile()) return path.resolve(candidate);
    } catch (error) {
      const isMissing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!isMissing) throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
    }
  }
  throw new Error(`${cannot}: a folder with a model.json, or a model.json, is required`);
}

async function readModelJson(file: string, cannot: string): Promise<ModelJson> {
  const json = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${cannot}: ${fileProblem(error)}`, { cause: error });
  });
  try {
    return (JSON.parse(json) as ModelJson | null) ?? {};
  } catch (error) {
    throw new Error(`${cannot}: ${path.basename(file)} is damaged or no model, it is no JSON`, {
      cause: error,
    });
  }
}

async function loadModel(file: string, saved: ModelJson, cannot: string): Promise<tf.LayersModel> {
  try {
    if (!saved.modelTopology) throw new Error('its model.json holds no layers');
    return await tf.loadLayersModel(tf.io.fileSystem(file));
  } catch (error) {
    // After the first sentence tfjs gives advice to programmers, on several lines.
    const [reason] = (error as Error).message.split(/\. |\n/);
    throw new Error(`${cannot}: it is damaged (${reason})`, { cause: error });
  }
}

/** tfjs takes weights as they come; ours carry a sum of their content in their name. */
async function checkWeights(
  folder: string,
  { weightsManifest }: ModelJson,
  cannot: string,
): Promise<void> {
  for (const name of weightsManifest?.flatMap(({ paths }) => paths ?? []) ?? []) {
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

import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';

/**
 * Saves a classifier in tfjs's own format, with its class names, input size and scale beside the weights.
 *
 * ```
 * folder/
 *   model.json             layers, and under userDefinedMetadata.smileLab what a picture needs
 *   weights-1f0c….bin      named after its content
 * ```
 * The weights are written first, under a name of their own; then `model.json`, which names them, takes its place in
 * one step. So at every moment the folder holds the old model whole or the new one whole, also when the disk is full or
 * the process is killed. `tf.loadLayersModel('file://folder/model.json')` opens it as well.
 *
 * @param classifier stays usable, and the caller's to dispose
 * @param folder made where it is missing; other files in it are left alone
 * @param options.overwrite replaces a model that the folder holds; without it that is an error
 * @returns the path of `model.json`
 * @throws Error when the folder holds a model already, or cannot be written
 * @example
 * await saveClassifier({ model, classNames, imageSize: [150, 150], scale: 1 / 255 }, 'models/faces');
 */
export async function saveClassifier(
  { model, classNames, imageSize, scale }: Classifier,
  folder: string,
  { overwrite = false }: { overwrite?: boolean } = {},
): Promise<string> {
  const file = path.join(folder, 'model.json');
  const before = await readIfThere(file);
  if (before !== undefined && !overwrite) {
    throw new Error(
      `Cannot save the model: ${JSON.stringify(folder)} already holds one, and overwrite is not set`,
    );
  }

  const artifacts = await artifactsOf(model);
  const weights = Buffer.from(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
  const weightsFile = `weights-${createHash('sha256').update(weights).digest('hex').slice(0, 16)}.bin`;
  const json = JSON.stringify({
    format: 'layers-model',
    generatedBy: `Smile Lab, TensorFlow.js ${tf.version['tfjs-core']}`,
    modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: [weightsFile], weights: artifacts.weightSpecs }],
    userDefinedMetadata: { smileLab: { classNames, imageSize, scale } },
  });

  try {
    await fs.mkdir(folder, { recursive: true });
    await writeWhole(path.join(folder, weightsFile), weights);
    await writeWhole(file, json);
  } catch (error) {
    throw new Error(
      `Cannot save the model to ${JSON.stringify(folder)}: ${(error as Error).message}` +
        (before === undefined ? '' : '; the model that was there is still whole'),
      { cause: error },
    );
  }
  await removeOldWeights(folder, before, weightsFile);
  return file;
}

type SaveHandler = Parameters<typeof tf.io.withSaveHandler>[0];
type ModelArtifacts = Parameters<SaveHandler>[0];

async function artifactsOf(model: tf.LayersModel): Promise<ModelArtifacts> {
  let artifacts: ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return {
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
      };
    }),
  );
  return artifacts;
}

/** Writes under another name, waits until it lies on the disk, then gives it its name. */
async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  try {
    await fs.writeFile(unfinished, content, { flush: true });
    await fs.rename(unfinished, file);
  } catch (error) {
    await fs.rm(unfinished, { force: true });
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes only weights that the replaced `model.json` named, and that carry the name this function gives. */
async function removeOldWeights(
  folder: string,
  before: string | undefined,
  kept: string,
): Promise<void> {
  const old = before?.match(/weights-[0-9a-f]{16}\.bin/g) ?? [];
  for (const name of old) {
    if (name !== kept) await fs.rm(path.join(folder, name), { force: true });
  }
}

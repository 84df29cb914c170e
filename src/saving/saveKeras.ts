import fs from 'node:fs/promises';
import path from 'node:path';
import { checkOptionNames } from '../errors/checkOptionNames';
import { checkPath } from '../errors/checkPath';
import type { Classifier } from '../models/classifier';
import { tf } from '../tensorflow/tf';
import { AlreadyThere } from './AlreadyThere';
import { withMetadata } from './classifierMetadata';
import { compileToKeras } from './keras/compileToKeras';
import { describeForKeras, weightGroups } from './keras/describeForKeras';
import { hdf5Content } from './keras/hdf5File';
import { CONFIG, METADATA, packArchive, SMILE_LAB, TRAINING, WEIGHTS } from './keras/kerasArchive';
import { kerasJson } from './keras/kerasJson';
import { legacyGroups } from './keras/legacyGroups';
import { release } from './keras/memoryFile';
import { optimizerGroup } from './keras/optimizer';
import type { TrainingConfig } from './keras/trainingConfig';
import { makeFolder } from '../files/makeFolder';
import type { SavedMetadata } from './savedMetadata';
import { writeProblem } from '../files/writeProblem';
import { unfinishedBy, writeTogether } from '../files/writeTogether';

/** The Keras whose way of writing this follows; Keras itself does not look at it. */
const KERAS_VERSION = '3.15.1';

/**
 * Saves a model as an archive of Keras 3, or in Keras' older format `.h5`; Keras 3 opens both with
 * `keras.models.load_model`. Keras 2 opens the `.h5` as well, unless it lacks one of the layers, or computes it otherwise.
 *
 * ```
 * imageclassifier.keras    a zip file
 *   metadata.json          version and date; of a classifier also smile_lab: class names, input
 *   config.json            layers, and how the model was compiled
 *   model.weights.h5       weights, and the optimizer's state
 * ```
 * It is written under another name first and takes its place in one step, so that there is the old file whole or the new
 * one whole at every moment, also when the disk is full or the process is killed.
 *
 * @param model a model, or a classifier, whose class names and input then travel in the file; it stays usable,
 * and the caller's to dispose
 * @param file its name ends in `.keras` or `.h5`; the folders above it are made where they are missing
 * @param options.includeOptimizer false leaves away how the model was compiled and the optimizer's state, with Adam two
 * thirds of the file; true when left out. An `.h5` holds neither, but for `training`
 * @param options.training how it was compiled, for an `.h5`, which `loadKeras` then knows; Keras does not look at it
 * @param options.overwrite replaces a file that is there; without it that is an error
 * @returns the path of the file
 * @throws {TypeError} when the file is no text; Error when there is a file already, it cannot be written, or Keras has no layer, loss, metric or optimizer that
 * does the same; a layer is named with its position
 * @example
 * await saveKeras(model, 'imageclassifier.keras');
 */
export async function saveKeras(
  model: tf.LayersModel | Classifier,
  file: string,
  options: { includeOptimizer?: boolean; overwrite?: boolean; training?: TrainingConfig } = {},
): Promise<string> {
  checkPath('Cannot save the model', 'behind the model a file', file);
  const cannot = `Cannot save the model to ${JSON.stringify(file)}`;
  checkOptionNames(cannot, options, { includeOptimizer: true, overwrite: true, training: true });
  const { includeOptimizer = true, overwrite = false, training } = options;
  if (!/\.(keras|h5)$/.test(file)) {
    throw new Error(`${cannot}: its name must end in .keras or .h5`);
  }
  const { network, smileLab } = withMetadata(model, cannot);
  const folder = path.dirname(file);
  const name = path.basename(file);

  const isThere = await exists(file, cannot);
  if (isThere && !overwrite) {
    throw new AlreadyThere(`${cannot}: there is a file already`);
  }
  const isLegacy = file.endsWith('.h5');
  const content = await (
    isLegacy
      ? legacyFileOf(network, smileLab, training)
      : archiveOf(network, includeOptimizer, smileLab)
  ).catch((error: unknown) => {
    throw new Error(`${cannot}: ${(error as Error).message}`, { cause: error });
  });
  try {
    makeFolder(folder);
    await writeTogether(folder, [[name, content.data]]);
  } catch (error) {
    throw new Error(
      `${cannot}: ${writeProblem(error)}` +
        (isThere ? '; the file that was there is still whole' : ''),
      { cause: error },
    );
  } finally {
    release(content.weights);
  }
  // The model is saved; what cannot be removed does no harm.
  await removeLeftovers(folder, name).catch(() => {});
  return file;
}

async function exists(file: string, cannot: string): Promise<boolean> {
  try {
    await fs.lstat(file);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR'].includes(code)) return false;
    throw new Error(`${cannot}: ${writeProblem(error)}`, { cause: error });
  }
}

/** A file's content, and the part of it that can be given back once it is written. */
interface FileContent {
  data: Uint8Array | NodeJS.ReadableStream;
  weights: Uint8Array;
}

async function archiveOf(
  model: tf.LayersModel,
  includeOptimizer: boolean,
  smileLab: SavedMetadata | undefined,
): Promise<FileContent> {
  const { config, weights: layers } = describeForKeras(model);
  const isCompiled = includeOptimizer && Boolean(model.optimizer);
  const training = isCompiled ? { compile_config: compileToKeras(model) } : {};
  const groups = await weightGroups(layers);
  if (isCompiled) groups.push(await optimizerGroup(model));
  const [date, time] = new Date().toISOString().split(/[T.]/);
  const metadata = {
    keras_version: KERAS_VERSION,
    date_saved: `${date}@${time}`,
    ...(smileLab ? { [SMILE_LAB]: smileLab } : {}),
  };
  const weights = await hdf5Content(groups);
  const data = packArchive(
    new Map<string, Uint8Array | string>([
      [METADATA, JSON.stringify(metadata)],
      [CONFIG, kerasJson({ ...config, ...training })],
      [WEIGHTS, weights],
    ]),
  );
  return { data, weights };
}

async function legacyFileOf(
  model: tf.LayersModel,
  smileLab: SavedMetadata | undefined,
  training: TrainingConfig | undefined,
): Promise<FileContent> {
  const groups = await legacyGroups(model, KERAS_VERSION);
  if (training) groups[0]!.attributes[TRAINING] = kerasJson(training);
  if (smileLab) groups[0]!.attributes[SMILE_LAB] = JSON.stringify(smileLab);
  const weights = await hdf5Content(groups);
  return { data: weights, weights };
}

/** Removes what saves of this file that were killed have left. */
async function removeLeftovers(folder: string, file: string): Promise<void> {
  const escaped = new RegExp(`^${file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
  for (const name of await fs.readdir(folder)) {
    if (unfinishedBy(name, escaped) === 'gone') await fs.rm(path.join(folder, name));
  }
}

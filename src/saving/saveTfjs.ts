import fs from 'node:fs/promises';
import path from 'node:path';
import { checkOptionNames } from '../errors/checkOptionNames';
import { checkPath } from '../errors/checkPath';
import type { Classifier } from '../models/classifier';
import type { tf } from '../tensorflow/tf';
import { AlreadyThere } from './AlreadyThere';
import type { TfjsQuantization } from './quantizeWeights';
import type { TrainingConfig } from './keras/trainingConfig';
import { tfjsFiles } from './tfjsFiles';
import { ifThere } from '../files/ifThere';
import { makeFolder } from '../files/makeFolder';
import { writeProblem } from '../files/writeProblem';
import { unfinishedBy, writeTogether } from '../files/writeTogether';

/**
 * Saves a model in tfjs's own format, as `saveClassifier` describes it; of a classifier also its class names, and how
 * pictures become its input.
 *
 * @param classifier or a model alone, which then is saved without class names; it stays usable, and the caller's to dispose
 * @param folder made where it is missing; of what it holds, only weights that no model there names are removed
 * @param options.overwrite replaces a model that the folder holds; without it that is an error
 * @param options.training how it was compiled, which `loadClassifier` then knows; TensorFlow.js does not look at it
 * @param options.quantize keeps the weights in fewer bits, as `quantizeWeights` does; the caller measures what is lost
 * @returns the path of `model.json`
 * @throws {Error} when the folder holds a model already, or cannot be written, or the class names do not fit the model
 * @example
 * await saveTfjs(buildHappyOrSad(), 'models/untrained');
 */
export async function saveTfjs(
  classifier: tf.LayersModel | Classifier,
  folder: string,
  options: { overwrite?: boolean; training?: TrainingConfig; quantize?: TfjsQuantization } = {},
): Promise<string> {
  checkPath('Cannot save the model', 'behind the model a folder', folder);
  const cannot = `Cannot save the model to ${JSON.stringify(folder)}`;
  checkOptionNames(cannot, options, { overwrite: true, training: true, quantize: true });
  const { overwrite = false, training, quantize } = options;
  const { json, weightsFile, weights } = await tfjsFiles(classifier, cannot, {
    training,
    quantize,
  });

  const file = path.join(folder, 'model.json');
  let before: string | undefined;
  try {
    before = await ifThere(fs.readFile(file, 'utf8'));
    if (before === undefined || overwrite) {
      makeFolder(folder);
      await writeTogether(folder, [
        [weightsFile, weights],
        ['model.json', json],
      ]);
      // The model is saved; what cannot be removed does no harm.
      await removeLeftovers(folder).catch(() => {});
      return file;
    }
  } catch (error) {
    throw new Error(
      `${cannot}: ${writeProblem(error)}` +
        (before === undefined ? '' : '; the model that was there is still whole'),
      { cause: error },
    );
  }
  throw new AlreadyThere(`${cannot}: the folder holds a model already`);
}

/** Removes what saves that were killed have left, and weights that no model in the folder names any more. */
async function removeLeftovers(folder: string): Promise<void> {
  const names = await fs.readdir(folder);
  let isShared = false;
  for (const name of names) {
    const writer = unfinishedBy(name, /^(?:model\.json|weights-[0-9a-f]{16}\.bin)$/);
    if (writer === undefined) continue;
    if (writer === 'running') isShared = true;
    else await fs.rm(path.join(folder, name));
  }
  // Another process is saving here: its weights may have their name already, and its model.json not yet.
  if (isShared) return;
  const models = names.filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(models.map((name) => fs.readFile(path.join(folder, name))));
  for (const name of names) {
    const isNamed = texts.some((text) => text.includes(name));
    if (/^weights-[0-9a-f]{16}\.bin$/.test(name) && !isNamed) await fs.rm(path.join(folder, name));
  }
}

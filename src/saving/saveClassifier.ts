import { checkPath } from '../errors/checkPath';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { saveTfjs } from './saveTfjs';

/**
 * Saves a classifier in tfjs's own format, with its class names, and how pictures become its input, beside the weights.
 *
 * ```
 * folder/
 *   model.json             layers, and under userDefinedMetadata.smileLab what a picture needs
 *   weights-1f0c….bin      named after its content
 * ```
 * Both are written under other names first. Then the weights take a name of their own, and `model.json`, which names
 * them, takes its place in one step. So at every moment the folder holds the old model whole or the new one whole, also
 * when the disk is full or the process is killed. `tf.loadLayersModel('file://folder/model.json')` opens it as well.
 *
 * @param classifier stays usable, and the caller's to dispose
 * @param folder made where it is missing; of what it holds, only weights that no model there names are removed
 * @param options.overwrite replaces a model that the folder holds; without it that is an error
 * @returns the path of `model.json`
 * @throws {TypeError} when it is a model alone, whose classes nobody would know; Error when the folder holds a model already, or cannot be written, or the class names do not fit the model
 * @example
 * await saveClassifier(classifier, 'models/faces');
 */
export async function saveClassifier(
  classifier: Classifier,
  folder: string,
  options: { overwrite?: boolean } = {},
): Promise<string> {
  checkPath('Cannot save the model', 'behind the classifier a folder', folder);
  checkClassifier(classifier, `Cannot save the model to ${JSON.stringify(folder)}`);
  return saveTfjs(classifier, folder, options);
}

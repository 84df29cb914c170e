import { z } from 'zod';
import { checkFits } from '../models/checkClassifier';
import { show } from '../errors/show';
import { checkedInput } from '../models/checkedInput';
import type { Classifier } from '../models/classifier';
import { checkOnlyOutput } from '../models/checkOnlyOutput';
import { outputMeaning } from '../models/outputMeaning';
import { resizingOf } from '../models/resizingOf';
import { activationAtEnd } from '../tensorflow/objective/activationAtEnd';
import { tf } from '../tensorflow/tf';
import { type ClassifierMetadata, type SavedMetadata, toSaved } from './savedMetadata';

const names = z.object({
  classNames: z.array(z.string()).min(2),
  fromLogits: z.boolean().optional(),
});

/**
 * Checks what is said about a model's pictures, before it is saved and after it was loaded.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param model one output for two classes (sigmoid), or an output for each class (softmax)
 * @throws {Error} when something is missing or wrong, or the class names are not different or do not fit the model's output
 *
 * @example
 * const input = { imageSize: [150, 150], rescale: { divisor: 255 } };
 * checkedMetadata('Cannot save', { classNames: ['happy', 'sad'], input }, model);
 */
export function checkedMetadata(
  action: string,
  metadata: unknown,
  model: tf.LayersModel,
): ClassifierMetadata {
  const { success, data } = names.safeParse(metadata);
  if (!success) {
    throw new Error(
      `${action}: classNames (two or more) are required, got ${JSON.stringify(metadata)}`,
    );
  }
  if (new Set(data.classNames).size < data.classNames.length) {
    throw new Error(
      `${action}: classNames must differ from each other, got ${JSON.stringify(data.classNames)}`,
    );
  }
  const input = checkedInput(action, (metadata as Partial<Classifier>).input);
  checkOnlyOutput(model, action);
  const outputs = model.outputs[0]?.shape.at(-1);
  if (data.classNames.length !== (outputs === 1 ? 2 : outputs)) {
    throw new Error(
      `${action}: classNames must fit the model's output of ${outputs}, got ${JSON.stringify(data.classNames)}`,
    );
  }
  return { ...data, input };
}

/**
 * Parts what is to be saved into the model and, of a classifier, what is said about its pictures, checked.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when it is neither; Error when it was disposed, and as {@link checkedMetadata}
 */
export function withMetadata(
  model: tf.LayersModel | Classifier,
  action: string,
): { network: tf.LayersModel; smileLab?: SavedMetadata } {
  const network = model instanceof tf.LayersModel ? model : model?.model;
  if (!(network instanceof tf.LayersModel)) {
    throw new TypeError(`${action}: a model or a classifier is required, got ${show(model)}`);
  }
  // tfjs counts who uses a model, until it is disposed.
  if ((network as unknown as { _refCount?: number })._refCount === 0) {
    throw new Error(`${action}: it was disposed, and its weights are gone`);
  }
  if (model instanceof tf.LayersModel) return { network };
  const given: Partial<Classifier> = { ...model };
  delete given.model;
  const metadata = checkedMetadata(action, given, network);
  metadata.input = { ...resizingOf(model), ...metadata.input };
  checkFits(network, metadata.input, action);
  // How it was compiled does not travel in every format.
  if (!['sigmoid', 'softmax'].includes(activationAtEnd(network))) {
    const meaning = outputMeaning(model);
    if (meaning !== 'signed' && meaning !== 'unknown') {
      metadata.fromLogits = meaning === 'logits';
    }
  }
  return { network, smileLab: toSaved(metadata) };
}

import { z } from 'zod';
import { type Background, checkedBackground } from '../images/formats/background';
import type { Classifier } from '../models/classifier';
import { checkOnlyOutput } from '../models/onlyOutput';
import { outputMeaning } from '../models/outputMeaning';
import { activationAtEnd } from '../tensorflow/objective/activationAtEnd';
import { resizingOf } from '../models/resizingOf';
import { tf } from '../tensorflow/tf';

const classifierMetadata = z.object({
  classNames: z.array(z.string()).min(2),
  imageSize: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  scale: z.number().positive(),
  interpolation: z.enum(['bilinear', 'nearest']).optional(),
  shrinkOnLoad: z.boolean().optional(),
  fromLogits: z.boolean().optional(),
  background: z.custom<Background | undefined>(isBackground).optional(),
});

/** A background is checked where pictures are read, too. */
function isBackground(given: unknown): boolean {
  try {
    checkedBackground('', given as Background);
    return true;
  } catch {
    return false;
  }
}

/** What a saved model says about its pictures, in `model.json` under `userDefinedMetadata.smileLab`. */
export type ClassifierMetadata = z.infer<typeof classifierMetadata>;

/**
 * Checks what is said about a model's pictures, before it is saved and after it was loaded.
 *
 * @param action What the caller is doing, to begin an error with: "Cannot …".
 * @param model one output for two classes (sigmoid), or an output for each class (softmax)
 * @throws Error when something is missing or wrong, or the class names do not fit the model's output
 *
 * @example
 * checkedMetadata('Cannot save', { classNames: ['happy', 'sad'], imageSize: [150, 150], scale: 1 / 255 }, model);
 */
export function checkedMetadata(
  action: string,
  metadata: unknown,
  model: tf.LayersModel,
): ClassifierMetadata {
  const { success, data } = classifierMetadata.safeParse(metadata);
  if (!success) {
    throw new Error(
      `${action}: classNames (two or more), imageSize ([height, width]) and scale are required, interpolation may be "bilinear" or "nearest", shrinkOnLoad true or false, and background a colour, got ${JSON.stringify(metadata)}`,
    );
  }
  checkOnlyOutput(model, action);
  const outputs = model.outputs[0]?.shape.at(-1);
  if (data.classNames.length !== (outputs === 1 ? 2 : outputs)) {
    throw new Error(
      `${action}: classNames must fit the model's output of ${outputs}, got ${JSON.stringify(data.classNames)}`,
    );
  }
  return data;
}

/**
 * Parts what is to be saved into the model and, of a classifier, what is said about its pictures, checked.
 *
 * @param action What the caller is doing, to begin an error with: "Cannot …".
 * @throws Error as {@link checkedMetadata}
 */
export function withMetadata(
  model: tf.LayersModel | Classifier,
  action: string,
): { network: tf.LayersModel; smileLab?: ClassifierMetadata } {
  if (model instanceof tf.LayersModel) return { network: model };
  const { model: network, ...given } = model;
  const metadata = { ...given, ...resizingOf(model) };
  // How it was compiled does not travel in every format.
  if (!['sigmoid', 'softmax'].includes(activationAtEnd(network))) {
    const meaning = outputMeaning(model);
    if (meaning !== 'signed' && meaning !== 'unknown') {
      metadata.fromLogits = meaning === 'logits';
    }
  }
  return { network, smileLab: checkedMetadata(action, metadata, network) };
}

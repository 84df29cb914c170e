import { show } from '../errors/show';
import { channelsOf, colorModeOf } from '../images/formats/colorMode';
import type { Resizing } from '../images/formats/resizing';
import type { tf } from '../tensorflow/tf';
import type { Classifier } from './classifier';
import { readingOfTraining } from './resizingOf';

/**
 * Checks that a classifier was given, and not its model alone, which Keras and tfjs take in such places; and that pictures of
 * its size and color mode fit the model.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when it is none; RangeError when the model takes other pictures
 */
export function checkClassifier(
  classifier: Pick<Classifier, 'model' | 'classNames'> & Partial<Pick<Classifier, 'input'>>,
  action: string,
): void {
  if (Array.isArray(classifier?.model?.layers) && Array.isArray(classifier.classNames)) {
    const { model, input } = classifier;
    return checkFits(model, { ...readingOfTraining(model), ...input }, action);
  }
  const isModel = Array.isArray((classifier as unknown as Classifier['model'])?.layers);
  const got = isModel ? 'a model alone' : show(classifier);
  throw new TypeError(
    `${action}: a classifier is required, an object with model and classNames, got ${got}`,
  );
}

/**
 * Checks that pictures are what a model takes.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {RangeError} when the model takes pictures of another size, or other channels
 */
export function checkFits(
  { inputs }: tf.LayersModel,
  { imageSize, colorMode = 'rgb' }: Resizing,
  action: string,
): void {
  const [, ...taken] = inputs[0]?.shape ?? [];
  if (!Array.isArray(imageSize) || taken.length !== 3) return;
  if (imageSize.some((side, i) => taken[i] !== null && taken[i] !== side)) {
    throw new RangeError(
      `${action}: its imageSize must be [${taken.slice(0, 2).join(', ')}], as its model takes pictures, got ${show(imageSize)}`,
    );
  }
  const [, , channels = null] = taken;
  if (channels === null || channels === channelsOf(colorMode)) return;
  const fitting = colorModeOf(channels);
  const what = `its model takes pictures [${taken.map((side) => side ?? 'any').join(', ')}]`;
  throw new RangeError(
    fitting === undefined
      ? `${action}: ${what}, and there is no colorMode of ${channels} channels`
      : `${action}: its colorMode must be ${show(fitting)}, as ${what}, got ${show(colorMode)}`,
  );
}

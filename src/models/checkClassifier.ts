import { show } from '../errors/show';
import type { Classifier } from './classifier';

/**
 * Checks that a classifier was given, and not its model alone, which Keras and tfjs take in such places; and that pictures of
 * its size fit the model.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when it is none; RangeError when the model takes pictures of another size
 */
export function checkClassifier(
  classifier: Pick<Classifier, 'model' | 'classNames'> & Partial<Pick<Classifier, 'input'>>,
  action: string,
): void {
  if (Array.isArray(classifier?.model?.layers) && Array.isArray(classifier.classNames)) {
    return checkSize(classifier, action);
  }
  const isModel = Array.isArray((classifier as unknown as Classifier['model'])?.layers);
  const got = isModel ? 'a model alone' : show(classifier);
  throw new TypeError(
    `${action}: a classifier is required, an object with model and classNames, got ${got}`,
  );
}

function checkSize({ model, input }: Partial<Classifier>, action: string): void {
  const [, ...taken] = model!.inputs[0]?.shape ?? [];
  const size = input?.imageSize;
  if (!Array.isArray(size) || taken.length !== 3) return;
  if (size.every((side, i) => taken[i] === null || taken[i] === side)) return;
  throw new RangeError(
    `${action}: its imageSize must be [${taken.slice(0, 2).join(', ')}], as its model takes pictures, got ${show(size)}`,
  );
}

import { show } from '../errors/show';
import type { Classifier } from './classifier';

/**
 * Checks that a classifier was given, and not its model alone, which Keras and tfjs take in such places.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {TypeError} when it is none
 */
export function checkClassifier(
  classifier: Pick<Classifier, 'model' | 'classNames'>,
  action: string,
): void {
  if (Array.isArray(classifier?.model?.layers) && Array.isArray(classifier.classNames)) return;
  const isModel = Array.isArray((classifier as unknown as Classifier['model'])?.layers);
  const got = isModel ? 'a model alone' : show(classifier);
  throw new TypeError(
    `${action}: a classifier is required, an object with model and classNames, got ${got}`,
  );
}

import { type Reading, readingOf } from '../images/datasets/withReading';
import type { Resizing } from '../images/formats/resizing';
import { tf } from '../tensorflow/tf';
import { checkedInput } from './checkedInput';
import type { Classifier, ClassifierInput } from './classifier';

const trainedWith = new WeakMap<tf.LayersModel, Reading>();

/** `fitDataset` is where a model meets the dataset that knows how its pictures were read. */
function rememberReadings(prototype: tf.LayersModel): void {
  const { fitDataset } = prototype;
  prototype.fitDataset = function (this: tf.LayersModel, dataset, args) {
    const reading = readingOf(dataset as tf.data.Dataset<tf.TensorContainer>);
    if (reading) trainedWith.set(this, reading);
    return fitDataset.call(this, dataset, args);
  } as typeof fitDataset;
}
rememberReadings(tf.LayersModel.prototype);
rememberReadings(tf.Sequential.prototype);

/** How the pictures were read that a model was last trained with by `fitDataset` in this process. */
export const readingOfTraining = (model: tf.LayersModel): Reading | undefined =>
  trainedWith.get(model);

/**
 * How a picture is read for a classifier: as it says itself, and where it says nothing, as the pictures were read that
 * its model was last trained with by `fitDataset` in this process.
 *
 * @returns options as `loadImage` and the dataset functions take them
 *
 * @example
 * const pixels = await loadImage('me.jpg', resizingOf(classifier)); // [height, width, channels]
 */
export function resizingOf({ model, input }: Pick<Classifier, 'model' | 'input'>): Resizing {
  const resizing: Partial<ClassifierInput> = checkedInput('Cannot use the classifier', input);
  delete resizing.rescale;
  return { ...trainedWith.get(model), ...resizing };
}

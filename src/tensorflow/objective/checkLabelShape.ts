import { tf } from '../native/tfjs';

/** What can be done where a crossentropy has got labels of another kind than its own. */
const CURES: Readonly<Record<string, string>> = {
  binaryCrossentropy:
    'labelMode "int" and "binary" fit one output, "categorical" fits one output a class',
  categoricalCrossentropy:
    'it takes a label for each output, as labelMode "categorical" gives; for the number of a class take "sparseCategoricalCrossentropy"',
  sparseCategoricalCrossentropy:
    'it takes the number of a class, as labelMode "int" gives; for a label for each output take "categoricalCrossentropy"',
};

/** What can be done where the network answers for each place of a map, and the labels are for whole pictures. */
const FLATTEN =
  'the network answers for each place of its last map; for one answer a picture put tf.layers.flatten() in front of the first dense layer';

/**
 * Refuses labels that a loss or metric would compare with other outputs than their own. As in Keras, a crossentropy takes
 * labels of its outputs' shape, the sparse one those without the last axis; other losses repeat a single number.
 *
 * @param name tfjs's name of it
 * @param what whether it is the model's loss or a metric
 * @param labels and the outputs, brought to the same rank where that can be
 * @throws {Error} when they do not fit
 * Sources: `binary_crossentropy`, `categorical_crossentropy` and `sparse_categorical_crossentropy` in
 * keras/src/backend/tensorflow/nn.py
 */
export function checkLabelShape(
  name: string,
  what: 'loss' | 'metric',
  labels: tf.Tensor,
  outputs: tf.Tensor,
): void {
  const cure = Object.hasOwn(CURES, name) ? CURES[name] : undefined;
  // Keras' other metrics know labels of several ranks.
  if (cure === undefined && what === 'metric') return;
  const isSparse = name === 'sparseCategoricalCrossentropy';
  if (isSparse && outputs.shape.at(-1) === 1) {
    throw new Error(
      `Cannot compute the ${what} "${name}" of outputs [${outputs.shape}]: one output a class is required; for one output take "binaryCrossentropy"`,
    );
  }
  const wanted = isSparse ? outputs.shape.slice(0, -1) : outputs.shape;
  const given = labels.shape;
  const { arraysEqual } = tf.util;
  if (arraysEqual(given, wanted) || (isSparse && arraysEqual(given, [...wanted, 1]))) return;
  if (cure === undefined && canBeRepeated(given, wanted)) return;
  const isOfPlaces = outputs.rank > 2 && tf.util.sizeFromShape(given.slice(2)) === 1;
  const told = isOfPlaces ? FLATTEN : cure;
  const advice = told === undefined ? '' : `: ${told}`;
  throw new Error(
    `Cannot compute the ${what} "${name}" of outputs [${outputs.shape}]: labels of shape [${wanted}] are required, got [${given}]${advice}`,
  );
}

/** Of another rank, labels would meet outputs of other samples. */
function canBeRepeated(labels: readonly number[], outputs: readonly number[]): boolean {
  return (
    labels.length === outputs.length &&
    labels.every((size, i) => size === outputs[i] || size === 1 || outputs[i] === 1)
  );
}

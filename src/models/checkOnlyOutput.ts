import type { tf } from '../tensorflow/tf';

/**
 * Checks that a model has one output, as a classifier must: of several nobody knows which one names the class.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {Error} when it has several, with their names and shapes
 */
export function checkOnlyOutput(model: tf.LayersModel, action: string): void {
  if (!(model.outputs?.length > 1)) return; // A Sequential model without inputs has none yet
  const names = model.outputNames.map((name, i) => {
    const shape = model.outputs[i]!.shape.map((size) => size ?? 'any');
    return `${JSON.stringify(name)} [${shape.join(',')}]`;
  });
  throw new Error(
    `${action}: a classifier must have one output, and the model ${JSON.stringify(model.name)} has ${names.length}: ${names.join(', ')}; a model of one of them does, as tf.model({ inputs: model.inputs, outputs: model.outputs[0] }), in Python keras.Model(model.inputs, model.outputs[0])`,
  );
}

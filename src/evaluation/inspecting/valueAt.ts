import { tf } from '../../tensorflow/tf';

/**
 * Computes what a network gives at one place, op by op, from what is known at other places. Unlike `predict` it can start
 * in the middle of the network, and gradients go through it; the network stays as it is.
 *
 * @param place one of `placesOf(model)`
 * @param known values of the places before; the caller's
 * @returns the caller disposes it
 *
 * @example
 * valueAt(model.outputs[0]!, new Map([[model.inputs[0]!, batch.xs]])); // as model.predict(batch.xs)
 */
export function valueAt(
  place: tf.SymbolicTensor,
  known: ReadonlyMap<tf.SymbolicTensor, tf.Tensor>,
): tf.Tensor {
  const values = new Map(known);
  const compute = (wanted: tf.SymbolicTensor): tf.Tensor => {
    const value = values.get(wanted) ?? applied(wanted, wanted.inputs.map(compute));
    values.set(wanted, value);
    return value;
  };
  return tf.tidy(() => compute(place).clone());
}

function applied(place: tf.SymbolicTensor, inputs: tf.Tensor[]): tf.Tensor {
  const outputs = place.sourceLayer.apply(
    inputs.length === 1 ? inputs[0]! : inputs,
    place.callArgs,
  ) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs[place.outputTensorIndex ?? 0]! : outputs;
}

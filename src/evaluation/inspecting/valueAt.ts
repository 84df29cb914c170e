import { tf } from '../../tensorflow/tf';

/**
 * Computes what a network gives at one of its tensors, op by op, from known values of others. Unlike `predict` it can start
 * in the middle of the network, and gradients go through it; the network stays as it is.
 *
 * @param tensor one of `tensorsOf(model)`
 * @param known values of the tensors before; the caller's
 * @returns the caller disposes it
 *
 * @example
 * valueAt(model.outputs[0]!, new Map([[model.inputs[0]!, batch.xs]])); // as model.predict(batch.xs)
 */
export function valueAt(
  tensor: tf.SymbolicTensor,
  known: ReadonlyMap<tf.SymbolicTensor, tf.Tensor>,
): tf.Tensor {
  const values = new Map(known);
  const compute = (wanted: tf.SymbolicTensor): tf.Tensor => {
    const value = values.get(wanted) ?? applied(wanted, wanted.inputs.map(compute));
    values.set(wanted, value);
    return value;
  };
  return tf.tidy(() => compute(tensor).clone());
}

function applied(tensor: tf.SymbolicTensor, inputs: tf.Tensor[]): tf.Tensor {
  const outputs = tensor.sourceLayer.apply(
    inputs.length === 1 ? inputs[0]! : inputs,
    tensor.callArgs,
  ) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs[tensor.outputTensorIndex ?? 0]! : outputs;
}

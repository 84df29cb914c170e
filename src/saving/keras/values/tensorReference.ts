import { kerasObject } from './values';

/** One of the outputs of a call of a layer: the layer's name, which call, and which output of it. */
export type TensorReference = [layer: string, call: number, output: number];

/** Where a tensor comes from, as Keras 3 writes it, not checked; undefined of what is no tensor. */
export function historyOf(tensor: unknown): TensorReference | undefined {
  const { className, config } = kerasObject(tensor) ?? {};
  return className === '__keras_tensor__'
    ? (config!['keras_history'] as TensorReference)
    : undefined;
}

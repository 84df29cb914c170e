import { isHeldByTfjs } from '../../tensorflow/native/tensorValues';
import { tf } from '../../tensorflow/tf';

/**
 * Copies the values of a model's weights, of moving averages too.
 *
 * @returns one list of numbers a weight, in the order of `model.getWeights()`
 */
export async function copyWeights(model: tf.LayersModel): Promise<Float32Array[]> {
  const copies: Float32Array[] = [];
  for (const weight of model.getWeights()) {
    const values = await weight.data<'float32'>();
    copies.push(isHeldByTfjs(weight, values) ? values.slice() : values);
  }
  return copies;
}

/**
 * Gives a model the values that {@link copyWeights} has copied.
 *
 * @throws {TypeError} when they are of a model with other weights
 */
export function putWeights(model: tf.LayersModel, copies: readonly Float32Array[]): void {
  const weights = model.getWeights();
  const fits =
    weights.length === copies.length && weights.every(({ size }, i) => size === copies[i]?.length);
  if (!fits) {
    const sizes = (all: readonly number[]) =>
      `${all.length} weights with [${all.join(', ')}] values`;
    throw new TypeError(
      `Cannot restore weights: the model has ${sizes(weights.map(({ size }) => size))}, ` +
        `and those kept are ${sizes(copies.map(({ length }) => length))}`,
    );
  }
  tf.tidy(() => model.setWeights(weights.map(({ shape }, i) => tf.tensor(copies[i]!, shape))));
}

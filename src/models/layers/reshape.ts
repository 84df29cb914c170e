import type { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';
import { onlyShape } from './settingsLayer';

/** A layer of tfjs that gives tensors another shape, and its method as it is called here. */
interface Reshape extends tf.layers.Layer {
  targetShape: tf.Shape;
  computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape;
}

const prototype = layerClass('Reshape').prototype as Reshape;
const { computeOutputShape } = prototype;

/**
 * Lets tfjs's layer Reshape work out a size of -1 when it is added, as Keras' does, so that other layers can follow it: tfjs's
 * own waits for the size of the batch. And what does not fit is refused then, not in the first prediction.
 */
prototype.computeOutputShape = function (this: Reshape, inputShape) {
  const [batch, ...sizes] = onlyShape(inputShape);
  if (sizes.includes(null)) return computeOutputShape.call(this, inputShape);
  try {
    const [, ...target] = computeOutputShape.call(this, [1, ...sizes]);
    return [batch!, ...target];
  } catch {
    const target = this.targetShape.map((size) => size ?? -1);
    throw new Error(
      `Cannot apply the layer "${this.name}" to inputs of shape [*, ${sizes.join(', ')}]: its targetShape must hold as many numbers, at most one size being -1, got [${target.join(', ')}]`,
    );
  }
};

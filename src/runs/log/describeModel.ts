import type { tf } from '../../tensorflow/tf';
import type { RunBegin } from './runLogLines';

/**
 * What a person asks first of a network: its layers, what comes out of each, and how many numbers it learns.
 *
 * @param model built, so that its shapes are known
 */
export function describeModel(model: tf.LayersModel): RunBegin['model'] {
  const size = (weights: readonly { shape: readonly (number | null)[] }[]) =>
    weights.reduce((sum, { shape }) => sum + shape.reduce<number>((n, d) => n * (d ?? 1), 1), 0);
  return {
    name: model.name,
    layers: model.layers.map((layer) => ({
      name: layer.name,
      type: layer.getClassName(),
      outputShape: outputShapeOf(layer),
      parameters: layer.countParams(),
    })),
    parameters: size(model.weights),
    trainable: size(model.trainableWeights),
  };
}

/** A layer that is used more than once has several, and tfjs throws. */
function outputShapeOf(layer: tf.layers.Layer): string {
  try {
    const shapes = [layer.outputShape].flat().some(Array.isArray)
      ? (layer.outputShape as tf.Shape[])
      : [layer.outputShape as tf.Shape];
    return shapes.map((shape) => shape.map((size) => size ?? 'n').join(' × ')).join(', ');
  } catch {
    return 'several';
  }
}

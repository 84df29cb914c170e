import type { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';
import { onlyShape } from './settingsLayer';

const { prototype } = layerClass('Softmax');
const { build } = prototype;

/** Lets tfjs's layer Softmax say where it is built that it takes the last axis alone, not where it first predicts. */
prototype.build = function (
  this: tf.layers.Layer & { axis: number },
  inputShape: tf.Shape | tf.Shape[],
) {
  const rank = onlyShape(inputShape).length;
  if (![-1, rank - 1].includes(this.axis)) {
    throw new Error(`Cannot compute a softmax over axis ${this.axis}: it must be the last one`);
  }
  build.call(this, inputShape);
};

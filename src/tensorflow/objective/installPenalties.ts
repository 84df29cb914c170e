import { isRegularizerLoss } from './customCode';
import { tf } from '../native/tfjs';
import { takePenalties } from './outputPenalties';

type AddedLoss = () => tf.Scalar;
type Container = Pick<tf.LayersModel, 'layers' | 'calculateLosses'>;

/**
 * Lets every model count the penalties that its regularizers add to the loss as Keras does: each layer's once, however
 * often it is called, and none of weights that are frozen. Those that layers add on what they give count at each call.
 *
 * Source: `_get_regularization_losses` in keras/src/layers/layer.py
 */
export function installPenalties(): void {
  const prototype = Object.getPrototypeOf(tf.LayersModel.prototype) as Container;
  prototype.calculateLosses = function (this: Container) {
    return tf.tidy(() => [
      ...layersOnce(this).flatMap((layer) =>
        layer.trainableWeights.length > 0 ? layer.calculateLosses() : addedLosses(layer),
      ),
      ...takePenalties(),
    ]);
  };
}

/** The layers of a model and of the models within it; of those in a frozen model none, as all their weights are frozen. */
function layersOnce({ layers }: Container): tf.layers.Layer[] {
  const all = layers.flatMap((layer) => {
    if (!('layers' in layer)) return [layer];
    return layer.trainable ? layersOnce(layer as tf.LayersModel) : [];
  });
  return [...new Set(all)];
}

/** What somebody adds to the loss by a function of their own, which no frozen weight ends. */
function addedLosses(layer: tf.layers.Layer): tf.Scalar[] {
  const added = layer.losses as unknown as AddedLoss[];
  return added.filter((loss) => !isRegularizerLoss(loss)).map((loss) => loss());
}

/** Adds a model's penalties to a loss, which is disposed. */
export function withPenalties(model: tf.layers.Layer, loss: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const penalties = model.calculateLosses();
    if (penalties.length === 0) return loss;
    const sum = penalties.reduce<tf.Tensor>((total, penalty) => tf.add(total, penalty), loss);
    loss.dispose();
    return sum;
  });
}

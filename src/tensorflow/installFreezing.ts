import { modelName } from './native/modelName';
import { beforeTraining } from './native/aroundSteps';
import { installer } from './native/installer';
import { tf } from './native/tfjs';

/** Parts of tfjs's models that its types call private. */
interface Freezable {
  layers: tf.layers.Layer[];
  trainable_: boolean;
  /** When the model was compiled. */
  collectedTrainableWeights: Array<{ trainable: boolean }>;
}

/**
 * Lets a model that is frozen within another stay frozen, as in Keras: `base.trainable = false` reaches each of its layers.
 * In tfjs the flag is the model's alone. A Sequential that begins with the model trains it all the same, since it takes
 * its layers one by one, and a batch normalization in it goes on learning averages. A training of which nothing is left is
 * refused in a sentence. `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 *
 * Source: https://keras.io/guides/transfer_learning/#recursive-setting-of-the-trainable-attribute
 */
export const installFreezing = installer(() => {
  let isBuilding = false;
  const { prototype } = tf.LayersModel;
  Object.defineProperty(prototype, 'trainable', {
    get(this: Freezable) {
      return this.trainable_;
    },
    set(this: Freezable, trainable: boolean) {
      this.trainable_ = trainable;
      if (!isBuilding) for (const layer of this.layers) layer.trainable = trainable;
    },
  });
  // It makes a model of its layers, sets the flag of that, and would unfreeze the layers by it.
  const { build } = tf.Sequential.prototype;
  tf.Sequential.prototype.build = function (inputShape) {
    isBuilding = true;
    try {
      build.call(this, inputShape);
    } finally {
      isBuilding = false;
    }
  };
  beforeTraining((model) => {
    const { collectedTrainableWeights: weights } = model as unknown as Freezable;
    if (weights.some(({ trainable }) => trainable)) return;
    throw new Error(
      `Cannot train the model ${JSON.stringify(modelName(model))}: at least one weight must be left to train, and all are frozen, or there are none; set trainable = true where it shall learn, and compile the model again`,
    );
  });
});

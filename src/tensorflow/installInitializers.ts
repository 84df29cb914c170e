import { installer } from './native/installer';
import { tf } from './native/tfjs';

/** What is left of a normal distribution's standard deviation, if all beyond two of them is drawn again. */
const TRUNCATED = 0.87962566103423978;

interface VarianceScaling {
  distribution: string;
  apply(shape: number[], dtype?: tf.DataType): tf.Tensor;
}

/**
 * Lets `heNormal`, `glorotNormal`, `leCunNormal` and `varianceScaling` draw weights of the standard deviation that their
 * documentation tells, as Keras': tfjs's draw 0.88 of it. `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 *
 * Source: `VarianceScaling` in keras/src/initializers/random_initializers.py
 */
export const installInitializers = installer(() => {
  const [initializer] = tf.serialization.SerializationMap.getMap().classNameMap['VarianceScaling']!;
  const prototype = initializer.prototype as unknown as VarianceScaling;
  const { apply } = prototype;
  prototype.apply = function (this: VarianceScaling, shape, dtype) {
    const isTruncated = this.distribution !== 'uniform';
    return tf.tidy(() => {
      const drawn = apply.call(this, shape, dtype);
      return isTruncated ? drawn.div(TRUNCATED) : drawn;
    });
  };
});

import { installer } from './native/installer';
import { tf } from './native/tfjs';

/**
 * Lets `tf.tensor([[1, 2], [3]])` fail where it is written: tfjs takes the shape from the first row alone, and fails only
 * when somebody reads the values. `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 */
export const refuseRaggedLists = installer(() => {
  const engine = tf.engine();
  const { makeTensor } = engine;
  engine.makeTensor = function (this: typeof engine, values, shape, dtype, ...others) {
    const size = tf.util.sizeFromShape(shape);
    if (values && dtype !== 'complex64' && values.length !== size) {
      throw new Error(
        `Cannot make a tensor of the shape [${shape.join(', ')}] from ${values.length} values: it takes ${size}, and each row of a list must be as long as its first`,
      );
    }
    return makeTensor.call(this, values, shape, dtype, ...others);
  };
});

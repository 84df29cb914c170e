import { show } from '../errors/show';
import { installer } from './native/installer';
import { tf } from './native/tfjs';

interface Rated {
  rate?: unknown;
}

/** Those that leave out a share of what they get, or blur it by one. */
const LAYERS = ['dropout', 'spatialDropout1d', 'alphaDropout', 'gaussianDropout'] as const;

/**
 * Lets the layers of dropout refuse a rate that is no share, as Keras' do: tfjs takes 50 for 1, and 1 for 0, so that
 * nothing is left out, without a word; and `fit` a `validationSplit` that is none, with which tfjs validates nothing.
 * `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 */
export const refuseRates = installer(() => {
  const made = tf.layers as unknown as Record<string, (args?: Rated) => tf.layers.Layer>;
  for (const name of LAYERS) {
    const make = made[name]!;
    made[name] = (args) => {
      const rate = args?.rate;
      if (!isShare(rate)) {
        throw new RangeError(
          `Cannot make the layer ${name}: its rate must be the share that is left out, from 0 and below 1, got ${show(rate)}`,
        );
      }
      return make(args);
    };
  }
  const { fit } = tf.LayersModel.prototype;
  tf.LayersModel.prototype.fit = async function (xs, ys, args) {
    const split = args?.validationSplit;
    if (split != null && !isShare(split)) {
      throw new RangeError(
        `Cannot train: validationSplit must be the share of the samples that is kept to validate, from 0 and below 1, got ${show(split)}`,
      );
    }
    return fit.call(this, xs, ys, args);
  };
});

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < 1;
}

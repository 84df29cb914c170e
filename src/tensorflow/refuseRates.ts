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
 * nothing is left out, without a word. `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 */
export const refuseRates = installer(() => {
  const made = tf.layers as unknown as Record<string, (args?: Rated) => tf.layers.Layer>;
  for (const name of LAYERS) {
    const make = made[name]!;
    made[name] = (args) => {
      const rate = args?.rate;
      if (typeof rate !== 'number' || !(rate >= 0 && rate < 1)) {
        throw new RangeError(
          `Cannot make the layer ${name}: its rate must be the share that is left out, from 0 and below 1, got ${show(rate)}`,
        );
      }
      return make(args);
    };
  }
});

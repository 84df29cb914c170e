import { show } from '../errors/show';
import { installer } from './native/installer';
import { tf } from './native/tfjs';

/** What a setting of an optimizer must be, in words and as a function. */
type Range = [words: string, holds: (value: number) => boolean];

const above: Range = ['a number above 0', (value) => value > 0 && value < Infinity];
const notBelow: Range = ['a number from 0', (value) => value >= 0 && value < Infinity];
const share: Range = ['a number from 0 and below 1', (value) => value >= 0 && value < 1];

/** The settings of tfjs's optimizers that are numbers, in their order. */
const SETTINGS: Record<string, Record<string, Range>> = {
  sgd: { learningRate: above },
  momentum: { learningRate: above, momentum: share },
  rmsprop: { learningRate: above, decay: share, momentum: share, epsilon: notBelow },
  adam: { learningRate: above, beta1: share, beta2: share, epsilon: notBelow },
  adadelta: { learningRate: above, rho: share, epsilon: notBelow },
  adamax: { learningRate: above, beta1: share, beta2: share, epsilon: notBelow, decay: notBelow },
  adagrad: { learningRate: above, initialAccumulatorValue: notBelow },
};

/** How many of them have no default. */
const REQUIRED: Record<string, number> = { sgd: 1, momentum: 2, rmsprop: 1, adagrad: 1 };

/**
 * @param name of it in `tf.train`
 * @param given its settings in their order
 * @throws {RangeError} when one of them is none with which a network can learn
 */
export function checkOptimizer(name: string, given: readonly unknown[]): void {
  for (const [i, [setting, [words, holds]]] of Object.entries(SETTINGS[name]!).entries()) {
    const value = given[i];
    if (value == null && i >= (REQUIRED[name] ?? 0)) continue;
    if (typeof value === 'number' && holds(value)) continue;
    throw new RangeError(
      `Cannot make the optimizer ${name}: its ${setting} must be ${words}, got ${show(value)}`,
    );
  }
}

/**
 * Lets `tf.train` refuse settings with which a network unlearns or becomes NaN, of which tfjs says nothing.
 * `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 */
export const refuseOptimizers = installer(() => {
  const made = tf.train as unknown as Record<string, (...given: unknown[]) => tf.Optimizer>;
  for (const name of Object.keys(SETTINGS)) {
    const make = made[name]!;
    made[name] = (...given) => {
      checkOptimizer(name, given);
      return make(...given);
    };
  }
});

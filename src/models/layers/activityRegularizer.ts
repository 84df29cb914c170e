import { addPenalty } from '../../tensorflow/objective/outputPenalties';
import { tf } from '../../tensorflow/tf';
import { Identity } from './identity';
import { registerLayer } from './registerLayer';

type Call = (inputs: tf.Tensor | tf.Tensor[], kwargs: never) => tf.Tensor | tf.Tensor[];

/** A penalty on numbers: l1 times the sum of their absolute values, l2 times that of their squares. */
export interface Penalty {
  l1: number;
  l2: number;
}

const penalties = new WeakMap<tf.layers.Layer, Penalty>();

/**
 * Lets a layer add a penalty on its outputs to the loss of each training and evaluation, divided by the number of samples,
 * as Keras 3 does with an `activity_regularizer`; tfjs throws at one.
 *
 * Source: `__call__` in keras/src/layers/layer.py
 */
export function penalizeOutputs(layer: tf.layers.Layer, penalty: Penalty | undefined): void {
  if (!penalty) return;
  const isKnown = penalties.has(layer);
  penalties.set(layer, penalty);
  if (isKnown) return;
  const prototype = Object.getPrototypeOf(layer) as { call: Call };
  const call: Call = function (this: tf.layers.Layer, inputs, kwargs) {
    const outputs = prototype.call.call(this, inputs, kwargs);
    const { l1, l2 } = penalties.get(this)!;
    for (const output of l1 === 0 && l2 === 0 ? [] : [outputs].flat()) {
      const regularizer = tf.regularizers.l1l2({ l1, l2 });
      addPenalty(() => tf.div(regularizer.apply(output), Math.max(output.shape[0]!, 1)));
    }
    return outputs;
  };
  // Not in the layer itself, which would look like a function of somebody's own.
  Object.setPrototypeOf(layer, Object.create(prototype, { call: { value: call } }) as object);
}

/** The penalty that a layer was given; undefined when it has none. */
export function penaltyOnOutputs(layer: tf.layers.Layer): Penalty | undefined {
  return penalties.get(layer);
}

/** Keras' layer ActivityRegularization, which tfjs has not: gives what it gets, and adds a penalty on it to the loss. */
export class ActivityRegularization extends Identity<Penalty> {
  static override readonly className = 'ActivityRegularization';

  constructor(args: ConstructorParameters<typeof Identity<Penalty>>[0]) {
    super(args);
    penalizeOutputs(this, this.settings);
  }
}

registerLayer(ActivityRegularization);

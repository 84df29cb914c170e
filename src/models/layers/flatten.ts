import type { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';

/** A method of tfjs's layers that its types call protected. */
interface Checked {
  inputSpec: unknown;
  assertInputCompatibility(inputs: unknown): void;
}

const prototype = layerClass('Flatten').prototype as unknown as tf.layers.Layer & Checked;
const { assertInputCompatibility } = prototype;

/** Lets tfjs's layer Flatten take what is flat already, [n, c] -> [n, c], as Keras' does behind a global pooling. */
prototype.assertInputCompatibility = function (this: Checked, inputs) {
  this.inputSpec = [{ minNDim: 2 }];
  assertInputCompatibility.call(this, inputs);
};

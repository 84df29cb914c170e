import { trustClass } from '../../tensorflow/objective/customCode';
import { tf } from '../../tensorflow/tf';

/** The class of tfjs's activations, which it does not publish. */
const [Relu] = tf.serialization.SerializationMap.getMap().classNameMap['relu']!;
const ActivationClass = Object.getPrototypeOf(Relu) as typeof Relu;

/**
 * Activations of Keras' that tfjs has not, or computes otherwise: its hard sigmoid is steeper at both ends.
 *
 * Source: keras/src/activations/activations.py
 */
const COMPUTE: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  celu: (x) => tf.maximum(x, 0).add(tf.minimum(x, 0).exp().sub(1)),
  exponential: (x) => x.exp(),
  hard_sigmoid: hardSigmoid,
  hard_silu: (x) => x.mul(hardSigmoid(x)),
  hard_tanh: (x) => x.clipByValue(-1, 1),
  leaky_relu: (x) => x.leakyRelu(0.2),
  // The gradient of tfjs's logSigmoid reads x, which nobody keeps for it.
  log_sigmoid: (x) => x.neg().softplus().neg(),
  squareplus: (x) => x.add(x.square().add(4).sqrt()).div(2),
  tanh_shrink: (x) => x.sub(x.tanh()),
};

/** Keras' names of the activations that are made here, and the names under which tfjs knows them then. */
export const OWN_ACTIVATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(COMPUTE).map(([keras, compute]) => {
    const className = `keras${keras.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`;
    const activation = class extends ActivationClass {
      static override readonly className = className;
      apply = (x: tf.Tensor): tf.Tensor => tf.tidy(() => compute(x));
      override getConfig = (): tf.serialization.ConfigDict => ({});
    };
    tf.serialization.registerClass(activation);
    trustClass(activation);
    return [keras, className];
  }),
);

function hardSigmoid(x: tf.Tensor): tf.Tensor {
  return x.add(3).clipByValue(0, 6).div(6);
}

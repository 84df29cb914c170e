import { tf } from '../../tensorflow/tf';

interface WithRate {
  learningRate?: number;
  setLearningRate?: (rate: number) => void;
  /** Of tfjs's momentum alone. */
  accumulations?: Array<{ variable: tf.Variable }>;
}

/** The step size of an optimizer; undefined where it has none, as Adadelta may. */
export function learningRateOf(optimizer: tf.Optimizer): number | undefined {
  return (optimizer as unknown as WithRate).learningRate;
}

/** Changes the step size of an optimizer from its next step on; its moments stay. */
export function setLearningRate(optimizer: tf.Optimizer, rate: number): void {
  const settings = optimizer as unknown as WithRate;
  const before = learningRateOf(optimizer);
  // What momentum keeps is Keras' last step, divided by the rate: with another rate it would be another step.
  if (before !== undefined && before !== rate) {
    for (const { variable } of settings.accumulations ?? []) {
      tf.tidy(() => variable.assign(tf.mul(variable, before / rate)));
    }
  }
  // SGD keeps a tensor of it.
  if (settings.setLearningRate) settings.setLearningRate(rate);
  else settings.learningRate = rate;
}

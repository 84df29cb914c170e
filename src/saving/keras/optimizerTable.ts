import { KerasAdam } from '../../tensorflow/kernels/installAdam';
import { tf } from '../../tensorflow/tf';
import { camelCase, type Config } from './values/values';

/** A variable that an optimizer keeps for each weight. */
export interface Slot {
  /** tfjs's field, a list in the order of the weights. */
  field: string;
  /** What tfjs puts behind the weight's name. */
  suffix: string;
  /** What tfjs's value is multiplied with to be Keras'; 1 when left out. */
  factor?: (learningRate: number) => number;
}

/** How one optimizer is written by Keras and made in tfjs; both take the same steps. */
export interface OptimizerKind {
  keras: string;
  tfjs: string;
  /** Settings that tfjs has not, with the value that it computes with. */
  fixed: Config;
  create(settings: Record<string, number>): tf.Optimizer;
  slots: Slot[];
  /** Whether Keras keeps all of the first slot first, not the slots of one weight side by side. */
  isBySlot?: boolean;
  /** Settings that must be above 0 for Keras to keep the slot of this field. */
  onlyWith?: Record<string, string>;
}

/** Settings of every optimizer of Keras that change its steps, at the value that means that they are off. */
const OFF: Config = {
  weight_decay: null,
  clipnorm: null,
  global_clipnorm: null,
  clipvalue: null,
  use_ema: false,
  loss_scale_factor: null,
  gradient_accumulation_steps: null,
};

/** Settings of Keras' optimizers where none is given; the same in Keras 2.12 to 3. Source: keras/src/optimizers/*.py */
export const DEFAULTS: Readonly<Record<string, Config>> = {
  Adam: { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
  Adamax: { learning_rate: 0.001, beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
  SGD: { learning_rate: 0.01, momentum: 0 },
  RMSprop: { learning_rate: 0.001, rho: 0.9, momentum: 0, epsilon: 1e-7 },
  Adagrad: { learning_rate: 0.001, initial_accumulator_value: 0.1 },
};

const moments: Slot[] = [
  { field: 'accumulatedFirstMoment', suffix: 'm' },
  { field: 'accumulatedSecondMoment', suffix: 'v' },
];

/**
 * Made by their classes, since a file may hold settings that {@link tf.train} refuses, such as a rate that has fallen to 0.
 * Sources: keras/src/optimizers/*.py; tfjs-core/src/optimizers/*.ts. RMSprop with `centered` is none of them: tfjs
 * subtracts epsilon where Keras adds it.
 */
export const OPTIMIZERS: readonly OptimizerKind[] = [
  {
    keras: 'Adam',
    tfjs: 'Adam',
    fixed: { ...OFF, amsgrad: false },
    create: (s) => new KerasAdam(s['learningRate']!, s['beta1']!, s['beta2']!, s['epsilon']),
    slots: moments,
  },
  {
    keras: 'Adamax',
    tfjs: 'Adamax',
    fixed: OFF,
    create: (s) =>
      new tf.AdamaxOptimizer(s['learningRate']!, s['beta1']!, s['beta2']!, s['epsilon']),
    slots: [moments[0]!, { field: 'accumulatedWeightedInfNorm', suffix: 'v' }],
  },
  {
    keras: 'SGD',
    tfjs: 'SGD',
    fixed: { ...OFF, momentum: 0, nesterov: false },
    create: (s) => new tf.SGDOptimizer(s['learningRate']!),
    slots: [],
  },
  ...[false, true].map((nesterov): OptimizerKind => ({
    keras: 'SGD',
    tfjs: 'Momentum',
    fixed: { ...OFF, nesterov },
    create: (s) => momentum(s['learningRate']!, s['momentum']!, nesterov),
    // Keras keeps the last step, tfjs the sum of gradients that it comes from.
    slots: [{ field: 'accumulations', suffix: 'momentum', factor: (rate) => -rate }],
  })),
  {
    keras: 'RMSprop',
    tfjs: 'RMSProp',
    fixed: { ...OFF, centered: false },
    create: (s) =>
      new tf.RMSPropOptimizer(s['learningRate']!, s['decay'], s['momentum'], s['epsilon'], false),
    slots: [
      { field: 'accumulatedMeanSquares', suffix: 'rms' },
      { field: 'accumulatedMoments', suffix: 'momentum' },
    ],
    isBySlot: true,
    onlyWith: { accumulatedMoments: 'momentum' },
  },
  {
    keras: 'Adagrad',
    tfjs: 'Adagrad',
    fixed: { ...OFF, epsilon: 1e-7 },
    create: (s) => new tf.AdagradOptimizer(s['learningRate']!, s['initialAccumulatorValue']),
    slots: [{ field: 'accumulatedGrads', suffix: 'accumulator' }],
  },
];

/** Keras' settings of an optimizer that tfjs computes with, and tfjs's names of them. */
export function settingsOf({ keras, fixed }: OptimizerKind): Array<[keras: string, tfjs: string]> {
  const names = Object.keys(DEFAULTS[keras]!).filter((name) => !(name in fixed));
  return names.map((name) => [name, name === 'rho' ? 'decay' : camelCase(name)]);
}

/** tfjs's own forgets one of its tensors when it is disposed. */
function momentum(learningRate: number, momentum: number, nesterov: boolean): tf.Optimizer {
  const optimizer = new tf.MomentumOptimizer(learningRate, momentum, nesterov);
  const dispose = optimizer.dispose.bind(optimizer);
  return Object.assign(optimizer, {
    dispose() {
      dispose();
      tf.dispose((optimizer as unknown as { c: tf.Tensor }).c);
    },
  });
}

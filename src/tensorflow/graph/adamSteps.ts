import { opAttributes, type NativeBackend } from '../native/nativeBackend';
import type { KerasAdam } from '../kernels/installAdam';
import {
  assignNumber,
  type Make,
  type Optimizer,
  type OptimizerStep,
  slots,
} from './optimizerStep';

/** Adamax as tfjs computes it. */
export const adamaxStep: Make = (optimizer) => ({
  slots: (variables) => [
    slots(optimizer, 'accumulatedFirstMoment', 'm', variables),
    slots(optimizer, 'accumulatedWeightedInfNorm', 'v', variables),
  ],
  scalars: () => ({
    learningRate: optimizer.learningRate / (1 + optimizer.iterations * optimizer.decay),
    beta1Power: optimizer.beta1 ** (optimizer.iterations + 1),
  }),
  update: (graph, prefix, { value, gradient, slots: [moment, norm], scalars }) =>
    graph.op(`${prefix}/update`, 'ResourceApplyAdaMax', [
      value,
      moment!,
      norm!,
      scalars['beta1Power']!,
      scalars['learningRate']!,
      graph.number(`${prefix}/beta1`, optimizer.beta1),
      graph.number(`${prefix}/beta2`, optimizer.beta2),
      graph.number(`${prefix}/epsilon`, optimizer.epsilon),
      gradient,
    ]),
  count: () => {
    optimizer.incrementIterations();
    assignNumber(optimizer.iteration, optimizer.iterations);
    assignNumber(optimizer.accBeta1, optimizer.beta1 ** (optimizer.iterations + 1));
  },
});

const adam = (
  optimizer: Optimizer,
  backend: NativeBackend,
  own: Pick<OptimizerStep, 'slots' | 'count'> & { epsilon(): number },
): OptimizerStep => ({
  slots: own.slots,
  scalars: () => ({
    learningRate: optimizer.learningRate,
    beta1Power: optimizer.beta1 ** (optimizer.iterations + 1),
    beta2Power: optimizer.beta2 ** (optimizer.iterations + 1),
    epsilon: own.epsilon(),
  }),
  update: (graph, prefix, { value, gradient, slots: [first, second], scalars }) =>
    graph.op(
      `${prefix}/update`,
      'ResourceApplyAdam',
      [
        value,
        first!,
        second!,
        scalars['beta1Power']!,
        scalars['beta2Power']!,
        scalars['learningRate']!,
        graph.number(`${prefix}/beta1`, optimizer.beta1),
        graph.number(`${prefix}/beta2`, optimizer.beta2),
        scalars['epsilon']!,
        gradient,
      ],
      [opAttributes(backend).bool('use_nesterov', false)],
    ),
  count: own.count,
});

/** Adam as Keras computes it. */
export const kerasAdamStep: Make = (optimizer, backend) =>
  adam(optimizer, backend, {
    slots: (variables) => (optimizer as unknown as KerasAdam).momentsOf(variables),
    epsilon: () => optimizer.epsilon,
    count: () => optimizer.incrementIterations(),
  });

/** tfjs adds epsilon after the bias correction: to that its op comes with an epsilon that shrinks with beta2's power. */
export const tfjsAdamStep: Make = (optimizer, backend) =>
  adam(optimizer, backend, {
    slots: (variables) => [
      slots(optimizer, 'accumulatedFirstMoment', 'm', variables),
      slots(optimizer, 'accumulatedSecondMoment', 'v', variables),
    ],
    epsilon: () => optimizer.epsilon * Math.sqrt(1 - optimizer.beta2 ** (optimizer.iterations + 1)),
    count: () => {
      optimizer.incrementIterations();
      assignNumber(optimizer.accBeta1, optimizer.beta1 ** (optimizer.iterations + 1));
      assignNumber(optimizer.accBeta2, optimizer.beta2 ** (optimizer.iterations + 1));
    },
  });

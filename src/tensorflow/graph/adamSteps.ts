import { attribute } from '../native/nativeBackend';
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
  update: (graph, prefix, { value, gradient, slots, scalars }) => {
    const { beta1, beta2, epsilon } = optimizer;
    const changing = [scalars['beta1Power']!, scalars['learningRate']!];
    const numbers = graph.numbers(prefix, { beta1, beta2, epsilon });
    const inputs = [value, ...slots, ...changing, ...numbers, gradient];
    return graph.op(`${prefix}/update`, 'ResourceApplyAdaMax', inputs);
  },
  count: () => {
    optimizer.incrementIterations();
    assignNumber(optimizer.iteration, optimizer.iterations);
    assignNumber(optimizer.accBeta1, optimizer.beta1 ** (optimizer.iterations + 1));
  },
});

const adam = (
  optimizer: Optimizer,
  own: Pick<OptimizerStep, 'slots' | 'count'> & { epsilon(): number },
): OptimizerStep => ({
  slots: own.slots,
  scalars: () => ({
    learningRate: optimizer.learningRate,
    beta1Power: optimizer.beta1 ** (optimizer.iterations + 1),
    beta2Power: optimizer.beta2 ** (optimizer.iterations + 1),
    epsilon: own.epsilon(),
  }),
  update: (graph, prefix, { value, gradient, slots, scalars }) => {
    const { beta1, beta2 } = optimizer;
    const changing = [scalars['beta1Power']!, scalars['beta2Power']!, scalars['learningRate']!];
    const numbers = [...graph.numbers(prefix, { beta1, beta2 }), scalars['epsilon']!];
    const inputs = [value, ...slots, ...changing, ...numbers, gradient];
    const attributes = [attribute.bool('use_nesterov', false)];
    return graph.op(`${prefix}/update`, 'ResourceApplyAdam', inputs, attributes);
  },
  count: own.count,
});

/** Adam as Keras computes it. */
export const kerasAdamStep: Make = (optimizer) =>
  adam(optimizer, {
    slots: (variables) => (optimizer as unknown as KerasAdam).momentsOf(variables),
    epsilon: () => optimizer.epsilon,
    count: () => optimizer.incrementIterations(),
  });

/** tfjs adds epsilon after the bias correction: to that its op comes with an epsilon that shrinks with beta2's power. */
export const tfjsAdamStep: Make = (optimizer) =>
  adam(optimizer, {
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

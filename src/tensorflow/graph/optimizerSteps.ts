import { attribute, nativeLibrary } from '../native/nativeBackend';
import { KerasAdam } from '../kernels/installAdam';
import { tf } from '../native/tfjs';
import { adamaxStep, kerasAdamStep, tfjsAdamStep } from './adamSteps';
import { type Make, type Optimizer, type OptimizerStep, slots } from './optimizerStep';
import { Untraceable } from './recordOps';

/**
 * The step of an optimizer as ops of a graph: TensorFlow's own training ops, which update a variable in place, where
 * they compute what tfjs computes.
 *
 * @throws {Untraceable} for an optimizer that is not known here, or whose methods were replaced
 */
export function optimizerStep(optimizer: tf.Optimizer): OptimizerStep {
  const make = steps.get(optimizer.constructor);
  if (!make) throw new Untraceable(`its optimizer is ${optimizer.getClassName()}`);
  if (ownFunctions(optimizer).length > 0) {
    throw new Untraceable('its optimizer calls a function of its own');
  }
  return make(optimizer as Optimizer);
}

/** Settings that stand in the graph as numbers; when they change, the graph is made anew. */
export function fixedSettings(optimizer: tf.Optimizer): string {
  return JSON.stringify([
    optimizer.getClassName(),
    { ...optimizer.getConfig(), learningRate: undefined },
    ownFunctions(optimizer),
  ]);
}

/** Methods of a step that were replaced in one optimizer alone, to clip gradients for example. */
function ownFunctions(optimizer: tf.Optimizer): string[] {
  return ['minimize', 'computeGradients', 'applyGradients'].filter((name) =>
    Object.hasOwn(optimizer, name),
  );
}

const gradientDescent: Make = (optimizer) => ({
  slots: () => [],
  scalars: () => ({ learningRate: optimizer.learningRate }),
  update: (graph, prefix, { value, gradient, scalars }) => {
    const inputs = [value, scalars['learningRate']!, gradient];
    return graph.op(`${prefix}/update`, 'ResourceApplyGradientDescent', inputs);
  },
  count: () => optimizer.incrementIterations(),
});

const momentum: Make = (optimizer) => {
  const [factor] = optimizer.m.dataSync();
  return {
    ...gradientDescent(optimizer),
    slots: (variables) => [slots(optimizer, 'accumulations', 'momentum', variables)],
    update: (graph, prefix, { value, gradient, slots, scalars }) => {
      const numbers = graph.numbers(prefix, { momentum: factor! });
      const inputs = [value, ...slots, scalars['learningRate']!, gradient, ...numbers];
      const attributes = [attribute.bool('use_nesterov', optimizer.useNesterov)];
      return graph.op(`${prefix}/update`, 'ResourceApplyMomentum', inputs, attributes);
    },
  };
};

const rmsProp: Make = (optimizer) => {
  // tfjs takes epsilon away under its root where others add it, and so it often ends in NaN.
  if (optimizer.centered) throw new Untraceable('its optimizer is a centered RMSProp');
  return {
    ...gradientDescent(optimizer),
    slots: (variables) => [
      slots(optimizer, 'accumulatedMeanSquares', 'rms', variables),
      slots(optimizer, 'accumulatedMoments', 'momentum', variables),
    ],
    update: (graph, prefix, { value, gradient, slots, scalars }) => {
      const { decay: rho, momentum, epsilon } = optimizer;
      const numbers = graph.numbers(prefix, { rho, momentum, epsilon });
      const inputs = [value, ...slots, scalars['learningRate']!, ...numbers, gradient];
      return graph.op(`${prefix}/update`, 'ResourceApplyRMSProp', inputs);
    },
  };
};

const adagrad: Make = (optimizer) => ({
  ...gradientDescent(optimizer),
  slots: (variables) => [
    slots(optimizer, 'accumulatedGrads', 'accumulator', variables, (like) =>
      tf.fill(like.shape, optimizer.initialAccumulatorValue),
    ),
  ],
  // TensorFlow's own op has its epsilon outside the root.
  update: (graph, prefix, { value, gradient, slots: [accumulator], scalars }) => {
    const square = graph.op(`${prefix}/square`, 'Square', [gradient]);
    const before = graph.read(`${prefix}/before`, accumulator!);
    const sum = graph.op(`${prefix}/sum`, 'AddV2', [before, square]);
    const stored = graph.assign(`${prefix}/stored`, 'AssignVariableOp', accumulator!, [sum]);
    const epsilon = graph.number(`${prefix}/epsilon`, nativeLibrary().epsilon());
    const root = graph.op(`${prefix}/root`, 'Sqrt', [
      graph.op(`${prefix}/under`, 'AddV2', [sum, epsilon]),
    ]);
    const direction = graph.op(`${prefix}/direction`, 'RealDiv', [gradient, root]);
    const delta = graph.op(`${prefix}/delta`, 'Mul', [direction, scalars['learningRate']!]);
    return graph.assign(`${prefix}/update`, 'AssignSubVariableOp', value, [delta, `^${stored}`]);
  },
});

const steps = new Map<unknown, Make>([
  [tf.SGDOptimizer, gradientDescent],
  [tf.MomentumOptimizer, momentum],
  [tf.RMSPropOptimizer, rmsProp],
  [tf.AdagradOptimizer, adagrad],
  [tf.AdamaxOptimizer, adamaxStep],
  [tf.AdamOptimizer, tfjsAdamStep],
  [KerasAdam, kerasAdamStep],
]);

import { opAttributes, type NativeBackend } from '../native/nativeBackend';
import { KerasAdam } from '../kernels/adamOptimizer';
import { tf } from '../native/tfjs';
import type { GraphBuilder } from './graphBuilder';
import { Untraceable } from './recordOps';

/** Names of nodes: a variable, its gradient, its slots, and the scalars of a step. */
export interface UpdateInputs {
  value: string;
  gradient: string;
  slots: string[];
  scalars: Record<string, string>;
}

/** How an optimizer of tfjs makes its step in a graph. */
export interface OptimizerStep {
  /** The optimizer's own variables for each of the model's, which it gets here if it had none yet: one list a kind. */
  slots(variables: tf.Variable[]): tf.Variable[][];
  /** Scalars that can change from step to step; read before each. */
  scalars(): Record<string, number>;
  /** Adds the ops that update one variable; `prefix` stands before their names. Returns the last one. */
  update(graph: GraphBuilder, prefix: string, inputs: UpdateInputs): string;
  /** What tfjs does in JavaScript at a step. */
  count(): void;
}

/** Fields of tfjs's optimizers that its types call protected or private. */
interface Fields {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  decay: number;
  momentum: number;
  centered: boolean;
  useNesterov: boolean;
  initialAccumulatorValue: number;
  /** Momentum's factor as tfjs uses it: `setMomentum` does not change it. */
  m: tf.Scalar;
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  iteration: tf.Variable;
  incrementIterations(): void;
}

type Slot = { originalName: string; variable: tf.Variable };
type Optimizer = tf.Optimizer & Fields;
type Make = (optimizer: Optimizer, backend: NativeBackend) => OptimizerStep;

/**
 * The step of an optimizer as ops of a graph: TensorFlow's own training ops, which update a variable in place, where
 * they compute what tfjs computes.
 *
 * @throws Untraceable for an optimizer that is not known here, or whose methods were replaced
 */
export function optimizerStep(optimizer: tf.Optimizer, backend: NativeBackend): OptimizerStep {
  const make = steps.get(optimizer.constructor);
  if (!make) throw new Untraceable(`its optimizer is ${optimizer.getClassName()}`);
  if (ownFunctions(optimizer).length > 0) {
    throw new Untraceable('its optimizer calls a function of its own');
  }
  return make(optimizer as Optimizer, backend);
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
  update: (graph, prefix, { value, gradient, scalars }) =>
    graph.op(`${prefix}/update`, 'ResourceApplyGradientDescent', [
      value,
      scalars['learningRate']!,
      gradient,
    ]),
  count: () => optimizer.incrementIterations(),
});

const momentum: Make = (optimizer, backend) => {
  const [factor] = optimizer.m.dataSync();
  return {
    ...gradientDescent(optimizer, backend),
    slots: (variables) => [slots(optimizer, 'accumulations', 'momentum', variables)],
    update: (graph, prefix, { value, gradient, slots: [accumulation], scalars }) =>
      graph.op(
        `${prefix}/update`,
        'ResourceApplyMomentum',
        [
          value,
          accumulation!,
          scalars['learningRate']!,
          gradient,
          graph.number(`${prefix}/momentum`, factor!),
        ],
        [opAttributes(backend).bool('use_nesterov', optimizer.useNesterov)],
      ),
  };
};

const rmsProp: Make = (optimizer, backend) => {
  // tfjs takes epsilon away under its root where others add it, and so it often ends in NaN.
  if (optimizer.centered) throw new Untraceable('its optimizer is a centered RMSProp');
  return {
    ...gradientDescent(optimizer, backend),
    slots: (variables) => [
      slots(optimizer, 'accumulatedMeanSquares', 'rms', variables),
      slots(optimizer, 'accumulatedMoments', 'momentum', variables),
    ],
    update: (graph, prefix, { value, gradient, slots: [square, moment], scalars }) =>
      graph.op(`${prefix}/update`, 'ResourceApplyRMSProp', [
        value,
        square!,
        moment!,
        scalars['learningRate']!,
        graph.number(`${prefix}/rho`, optimizer.decay),
        graph.number(`${prefix}/momentum`, optimizer.momentum),
        graph.number(`${prefix}/epsilon`, optimizer.epsilon),
        gradient,
      ]),
  };
};

const adagrad: Make = (optimizer, backend) => ({
  ...gradientDescent(optimizer, backend),
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
    const epsilon = graph.number(`${prefix}/epsilon`, backend.epsilon());
    const root = graph.op(`${prefix}/root`, 'Sqrt', [
      graph.op(`${prefix}/under`, 'AddV2', [sum, epsilon]),
    ]);
    const direction = graph.op(`${prefix}/direction`, 'RealDiv', [gradient, root]);
    const delta = graph.op(`${prefix}/delta`, 'Mul', [direction, scalars['learningRate']!]);
    return graph.assign(`${prefix}/update`, 'AssignSubVariableOp', value, [delta, `^${stored}`]);
  },
});

const adamax: Make = (optimizer) => ({
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

const kerasAdam: Make = (optimizer, backend) =>
  adam(optimizer, backend, {
    slots: (variables) => (optimizer as unknown as KerasAdam).momentsOf(variables),
    epsilon: () => optimizer.epsilon,
    count: () => optimizer.incrementIterations(),
  });

/** tfjs adds epsilon after the bias correction: to that its op comes with an epsilon that shrinks with beta2's power. */
const tfjsAdam: Make = (optimizer, backend) =>
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

const steps = new Map<unknown, Make>([
  [tf.SGDOptimizer, gradientDescent],
  [tf.MomentumOptimizer, momentum],
  [tf.RMSPropOptimizer, rmsProp],
  [tf.AdagradOptimizer, adagrad],
  [tf.AdamaxOptimizer, adamax],
  [tf.AdamOptimizer, tfjsAdam],
  [KerasAdam, kerasAdam],
]);

/** tfjs keeps an optimizer's variables in lists, in the order of the model's, and makes them at the first step. */
function slots(
  optimizer: Optimizer,
  field: string,
  suffix: string,
  variables: tf.Variable[],
  initial: (like: tf.Variable) => tf.Tensor = (like) => tf.zerosLike(like),
): tf.Variable[] {
  const list = (optimizer as unknown as Record<string, Slot[]>)[field]!;
  return variables.map((variable, i) => {
    list[i] ??= {
      originalName: `${variable.name}/${suffix}`,
      variable: tf.tidy(() => initial(variable).variable(false)),
    };
    return list[i]!.variable;
  });
}

function assignNumber(variable: tf.Variable, value: number): void {
  const scalar = tf.scalar(value);
  variable.assign(scalar);
  scalar.dispose();
}

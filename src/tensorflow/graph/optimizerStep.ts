import { tf } from '../native/tfjs';
import type { GraphBuilder } from './graphBuilder';

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

/** A variable of an optimizer, as tfjs keeps it. */
type SlotVariable = { originalName: string; variable: tf.Variable };
export type Optimizer = tf.Optimizer & Fields;
/** Makes the step of a kind of optimizer. */
export type Make = (optimizer: Optimizer) => OptimizerStep;

/** tfjs keeps an optimizer's variables in lists, in the order of the model's, and makes them at the first step. */
export function slots(
  optimizer: Optimizer,
  field: string,
  suffix: string,
  variables: tf.Variable[],
  initial: (like: tf.Variable) => tf.Tensor = (like) => tf.zerosLike(like),
): tf.Variable[] {
  const list = (optimizer as unknown as Record<string, SlotVariable[]>)[field]!;
  return variables.map((variable, i) => {
    list[i] ??= {
      originalName: `${variable.name}/${suffix}`,
      variable: tf.tidy(() => initial(variable).variable(false)),
    };
    return list[i]!.variable;
  });
}

/** Gives a variable a number. */
export function assignNumber(variable: tf.Variable, value: number): void {
  const scalar = tf.scalar(value);
  variable.assign(scalar);
  scalar.dispose();
}

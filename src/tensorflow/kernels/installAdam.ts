import { tf } from '../native/tfjs';
import { applyAdam } from './applyAdam';

/** A moment of a variable; `originalName` is the variable's name with "/m" or "/v" behind it. */
interface Moment {
  originalName: string;
  variable: tf.Variable;
}

/** Fields of tfjs's optimizer that its types call private. */
interface AdamState {
  accBeta1: tf.Variable;
  accBeta2: tf.Variable;
  accumulatedFirstMoment: Moment[];
  accumulatedSecondMoment: Moment[];
}

type Gradients = Parameters<tf.AdamOptimizer['applyGradients']>[0];

/**
 * Adam with epsilon where Keras has it: beside sqrt(v), before the bias correction. A step runs as one op a variable
 * where TensorFlow has it, and by tfjs's own ops elsewhere.
 *
 * Keras: w -= lr · sqrt(1 - β2^t) / (1 - β1^t) · m / (sqrt(v) + ε), which is
 * w -= lr · m̂ / (sqrt(v̂) + ε / sqrt(1 - β2^t)) with the bias-corrected m̂ and v̂ that tfjs computes. So tfjs's own step
 * with that larger ε is Keras' step. At t = 1 it is 32 times larger.
 * Source: https://github.com/keras-team/keras/blob/master/keras/src/optimizers/adam.py
 *
 * tfjs finds a variable's moments by its index among the trainable variables; here they are found by its name, so that
 * they stay right when layers are frozen or another model is trained in between.
 */
export class KerasAdam extends tf.AdamOptimizer {
  /** Whether the moments come from {@link setWeights}, and may belong to variables that had other names. */
  private restored = false;

  override applyGradients(gradients: Gradients): void {
    const named = (
      Array.isArray(gradients)
        ? gradients
        : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }))
    ).filter(({ tensor }) => tensor != null);
    const variables = named.map(({ name }) => tf.engine().registeredVariables[name]!);
    this.arrangeMoments(variables);
    if (
      this.applyNatively(
        variables,
        named.map(({ tensor }) => tensor),
      )
    ) {
      this.incrementIterations();
    } else {
      this.applyInTfjs(named);
    }
  }

  override async setWeights(weights: Parameters<tf.AdamOptimizer['setWeights']>[0]): Promise<void> {
    const { accumulatedFirstMoment, accumulatedSecondMoment } = this.state;
    await super.setWeights(weights);
    disposeMoments([...accumulatedFirstMoment, ...accumulatedSecondMoment]);
    this.restored = true;
  }

  /**
   * The first and the second moments of these variables, made where there are none yet; they belong to the optimizer.
   *
   * @returns two lists in the order of the variables
   */
  momentsOf(variables: tf.Variable[]): [first: tf.Variable[], second: tf.Variable[]] {
    this.arrangeMoments(variables);
    const { accumulatedFirstMoment, accumulatedSecondMoment } = this.state;
    const ofThese = (moments: Moment[]) =>
      moments.slice(0, variables.length).map(({ variable }) => variable);
    return [ofThese(accumulatedFirstMoment), ofThese(accumulatedSecondMoment)];
  }

  private get state(): AdamState {
    return this as unknown as AdamState;
  }

  private applyNatively(variables: tf.Variable[], gradients: tf.Tensor[]): boolean {
    if (process.env['SMILE_STOCK_KERNELS'] === '1') return false;
    const { accumulatedFirstMoment, accumulatedSecondMoment } = this.state;
    const updates = variables.map((value, i) => ({
      value,
      firstMoment: accumulatedFirstMoment[i]!.variable,
      secondMoment: accumulatedSecondMoment[i]!.variable,
      gradient: gradients[i]!,
    }));
    const { learningRate, beta1, beta2, epsilon } = this;
    const step = this.iterations + 1;
    return applyAdam(updates, { step, learningRate, beta1, beta2, epsilon });
  }

  private applyInTfjs(gradients: Array<{ name: string; tensor: tf.Tensor }>): void {
    const step = this.iterations + 1;
    const { epsilon, state } = this;
    tf.tidy(() => {
      state.accBeta1.assign(tf.scalar(this.beta1 ** step));
      state.accBeta2.assign(tf.scalar(this.beta2 ** step));
    });
    this.epsilon = epsilon / Math.sqrt(1 - this.beta2 ** step);
    try {
      super.applyGradients(gradients);
    } finally {
      this.epsilon = epsilon;
    }
  }

  /** Puts the moments in the order of these variables, those of other variables behind them. */
  private arrangeMoments(variables: tf.Variable[]): void {
    const { state } = this;
    state.accumulatedFirstMoment = this.arranged(state.accumulatedFirstMoment, variables, 'm');
    state.accumulatedSecondMoment = this.arranged(state.accumulatedSecondMoment, variables, 'v');
    this.restored = false;
  }

  private arranged(moments: Moment[], variables: tf.Variable[], suffix: 'm' | 'v'): Moment[] {
    const names = variables.map(({ name }) => `${name}/${suffix}`);
    const known = new Map(moments.map((moment) => [moment.originalName, moment]));
    const isRenamed = !names.every((name) => known.has(name));
    const isNew = !names.some((name) => known.has(name));
    // In another process a part of the variables can have the names that others had before.
    const renamed = this.restored && isRenamed && (isNew || fitByIndex(moments, variables));
    const found = variables.map((variable, i): Moment => {
      const originalName = names[i]!;
      const moment = renamed ? moments[i] : known.get(originalName);
      if (moment && tf.util.arraysEqual(moment.variable.shape, variable.shape)) {
        return { originalName, variable: moment.variable };
      }
      if (moment && renamed) {
        throw new TypeError(
          `Cannot go on training with a restored Adam: "${variable.name}" has shape [${variable.shape}], and "${moment.originalName}" in its place has shape [${moment.variable.shape}]`,
        );
      }
      return { originalName, variable: tf.tidy(() => tf.zerosLike(variable).variable(false)) };
    });
    const inUse = new Set(found.map(({ variable }) => variable));
    const unused = moments.filter(({ variable }) => !inUse.has(variable));
    // A variable that was replaced by one of another shape starts anew.
    disposeMoments(unused.filter(({ originalName }) => names.includes(originalName)));
    return [...found, ...unused.filter(({ originalName }) => !names.includes(originalName))];
  }
}

/**
 * Makes `tf.train.adam`, `optimizer: 'adam'` and an Adam that is loaded with its model a {@link KerasAdam}, with the
 * arguments and defaults of tfjs.
 */
export function installAdam(): void {
  tf.train.adam = (learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon) =>
    new KerasAdam(learningRate, beta1, beta2, epsilon);
  tf.serialization.SerializationMap.register(KerasAdam);
}

function fitByIndex(moments: readonly Moment[], variables: readonly tf.Variable[]): boolean {
  return (
    moments.length === variables.length &&
    variables.every(({ shape }, i) => tf.util.arraysEqual(moments[i]!.variable.shape, shape))
  );
}

function disposeMoments(moments: Moment[]): void {
  tf.dispose(moments.map(({ variable }) => variable));
}

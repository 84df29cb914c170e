import { randomInt } from 'node:crypto';
import type { Step } from '../native/aroundSteps';
import { tf } from '../native/tfjs';
import { addedCode, customCode, customObjective } from '../objective/customCode';
import type { GraphBuilder } from './graphBuilder';
import { GraphError } from './graphSession';
import { ModelGraph } from './modelGraph';
import { withNoiseStep } from './drawNoise';
import type { OptimizerStep } from './optimizerStep';
import { fixedSettings, optimizerStep } from './optimizerSteps';
import { NotFinite } from './notFinite';
import { warnOfBatch, warnOfWeights } from './notFiniteNotice';
import { Untraceable } from './recordOps';
import { inputName, traceModel, type Extension } from './traceModel';
import {
  layersOf,
  objectId,
  objectiveOf,
  settingsOf,
  trainedVariablesOf,
  variablesOf,
} from './modelParts';
import { describeShapes } from './describeShapes';
import { warnUntraced } from './warnUntraced';

/** Fields of tfjs's models that its types call private. */
interface TrainedModel {
  optimizer_: tf.Optimizer;
}

/** The training of one compiled model as a graph. */
export class TrainingGraph {
  private readonly graph: ModelGraph;
  private readonly optimizer: tf.Optimizer;
  private readonly step: OptimizerStep;
  /** What the model's variables are called in the graph. */
  private readonly weights: Map<string, tf.Variable>;
  private readonly trainable: tf.Variable[];
  private readonly slots: tf.Variable[][];
  private readonly slotNames: string[][];
  private readonly layers: tf.layers.Layer[];
  private readonly fingerprint: string;
  /** Makes the noise of layers without a seed another one in each training. */
  private readonly salt = randomInt(2 ** 31);
  /** Why the model trains without the graph, once that is known. */
  private refusal: string | undefined;
  /** A batch that is not finite has come. */
  private isSpoiled = false;

  /** @throws {Untraceable} when the model has code of its own, or an optimizer that is not known */
  constructor(private readonly model: tf.LayersModel) {
    this.layers = layersOf(model);
    const reason = customCode(this.layers) ?? customObjective(model);
    if (reason !== undefined) throw new Untraceable(reason);
    this.fingerprint = fingerprintOf(model, this.layers);
    this.optimizer = (model as unknown as TrainedModel).optimizer_;
    this.step = optimizerStep(this.optimizer);
    this.trainable = trainedVariablesOf(model);
    this.slots = this.step.slots(this.trainable);
    this.graph = new ModelGraph();
    this.weights = this.graph.bind('weight', variablesOf(model));
    this.slotNames = this.slots.map((slots, i) => [...this.graph.bind(`slot${i}_`, slots).keys()]);
  }

  /** Whether the graph is still that of the model: layers, losses, optimizer and variables are what they were. */
  fits(): boolean {
    if (this.fingerprint !== fingerprintOf(this.model, this.layers)) return false;
    const slots = this.step.slots(this.trainable);
    return slots.every((list, i) => list.every((slot, j) => slot === this.slots[i]![j]));
  }

  /**
   * Makes a training step, by the graph or, where that cannot be, by tfjs.
   *
   * @param stock tfjs's own step
   * @returns the loss and the metrics, scalars that the caller disposes
   */
  train(data: tf.Tensor[], stock: Step): tf.Tensor[] {
    const step = tf.scalar(this.optimizer.iterations, 'int32');
    const byTfjs = () => withNoiseStep(step, this.salt, () => stock(data));
    try {
      if (this.refusal !== undefined) {
        warnOfBatch(this.model, 'trains', data);
        return byTfjs();
      }
      const outputs = this.run(data, step, stock);
      this.step.count();
      return outputs;
    } catch (error) {
      if (error instanceof NotFinite) {
        this.warnNotFinite(error, data);
        return byTfjs();
      }
      if (!(error instanceof GraphError || error instanceof Untraceable)) throw error;
      this.close();
      // When tfjs cannot make this step either, the batch is the reason, and tfjs says it better.
      const outputs = byTfjs();
      this.refusal = error.message;
      warnUntraced(this.model.name, 'trains', error.message);
      return outputs;
    } finally {
      step.dispose();
    }
  }

  /** Gives the values of all variables back to tfjs and frees the session. */
  close(): void {
    this.graph.close();
  }

  private warnNotFinite({ variables }: NotFinite, data: tf.Tensor[]): void {
    if (warnOfBatch(this.model, 'trains', data)) this.isSpoiled = true;
    // Weights that such a batch has spoiled need no sentence of their own.
    else if (!this.isSpoiled) warnOfWeights(this.model, variables);
  }

  private run(data: tf.Tensor[], step: tf.Scalar, stock: Step): tf.Tensor[] {
    const inputs = [...data.filter((tensor) => tensor != null), step];
    const key = describeShapes('train', data);
    if (!this.graph.has(key)) this.graph.add(key, () => this.trace(key, inputs, data, stock));
    return tf.tidy(() => {
      const scalars = Object.entries(this.step.scalars());
      return this.graph.run(
        key,
        new Map([
          ...inputs.map((tensor, i): [string, tf.Tensor] => [inputName(key, i), tensor]),
          ...scalars.map(([name, x]): [string, tf.Tensor] => [scalarName(key, name), tf.scalar(x)]),
        ]),
      );
    });
  }

  private trace(key: string, inputs: tf.Tensor[], data: tf.Tensor[], stock: Step) {
    return traceModel(key, inputs, this.weights, (copies) => {
      const step = copies.at(-1) as tf.Scalar;
      let i = 0;
      const batch = data.map((tensor) => (tensor == null ? tensor : copies[i++]!));
      const { outputs, gradients } = withNoiseStep(step, this.salt, () =>
        this.computeGradients(batch, stock),
      );
      return {
        outputs,
        extend: (graph, nameOf, checks) => {
          const named = Object.entries(gradients).filter(([, gradient]) => gradient != null);
          const gradientNames = new Map(named.map(([k, g]) => [k, nameOf(g)]));
          return this.addUpdates(key, graph, gradientNames, checks);
        },
      };
    });
  }

  /** tfjs's own step, up to where the optimizer would apply the gradients. */
  private computeGradients(batch: tf.Tensor[], stock: Step) {
    const model = this.model as unknown as TrainedModel;
    let gradients: tf.NamedTensorMap = {};
    const onlyGradients = {
      minimize: (loss: () => tf.Scalar, _returnCost: boolean, variables: tf.Variable[]) => {
        const { value, grads } = tf.variableGrads(loss, variables);
        gradients = grads;
        return value;
      },
    };
    model.optimizer_ = onlyGradients as unknown as tf.Optimizer;
    try {
      return { outputs: stock(batch), gradients };
    } finally {
      model.optimizer_ = this.optimizer;
    }
  }

  private addUpdates(
    key: string,
    graph: GraphBuilder,
    gradients: Map<string, string>,
    checks: string[],
  ): Extension {
    // So a step that fails half-way has not changed a part of the weights.
    const allThere = graph.barrier(`${key}/gradients`, [...gradients.values(), ...checks]);
    const scalars = Object.fromEntries(
      Object.keys(this.step.scalars()).map((name) => [
        name,
        graph.placeholder(scalarName(key, name), []),
      ]),
    );
    const names = new Map([...this.weights].map(([name, variable]) => [variable, name]));
    const writes = this.trainable.flatMap((variable, i): Extension['writes'] => {
      const known = gradients.get(variable.name);
      if (known === undefined) return [];
      const value = names.get(variable)!;
      const prefix = `${key}/${value}`;
      const gradient = graph.op(`${prefix}/gradient`, 'Identity', [known, `^${allThere}`]);
      const slots = this.slotNames.map((list) => list[i]!);
      const node = this.step.update(graph, prefix, { value, gradient, slots, scalars });
      return [value, ...slots].map((name) => [name, node]);
    });
    return { writes, before: allThere };
  }
}

function scalarName(key: string, name: string): string {
  return `${key}/${name}`;
}

/** Everything on which a model's step depends, besides the values of its variables and the learning rate. */
function fingerprintOf(model: tf.LayersModel, layers: readonly tf.layers.Layer[]): string {
  const { optimizer_: optimizer } = model as unknown as TrainedModel;
  return JSON.stringify([
    addedCode(layers),
    settingsOf(layers),
    objectiveOf(model),
    objectId(optimizer),
    fixedSettings(optimizer),
    // A whole model is frozen by its variables alone.
    trainedVariablesOf(model).map(({ id, trainable }) => [id, trainable]),
    variablesOf(model).map(({ id }) => id),
  ]);
}

import type { Step } from '../native/aroundSteps';
import { tf } from '../native/tfjs';
import { addedCode, customCode, customObjective } from '../objective/customCode';
import { describeShapes } from './describeShapes';
import { GraphError } from './graphSession';
import { ModelGraph } from './modelGraph';
import { findNotFinite, NotFinite } from './notFinite';
import { warnOfBatch, warnOfWeights, type Use } from './notFiniteNotice';
import { Untraceable } from './recordOps';
import { inputName, traceModel } from './traceModel';
import { layersOf, objectiveOf, settingsOf, variablesOf } from './modelParts';
import { warnUntraced } from './warnUntraced';

/** A model's predictions, and its losses and metrics, as a graph. */
export class InferenceGraph {
  private readonly graph: ModelGraph;
  private readonly variables: Map<string, tf.Variable>;
  private readonly layers: tf.layers.Layer[];
  /** Whether a layer has code of its own, whose settings need not be text. */
  private readonly isForeign: boolean;
  private readonly fingerprint: string;
  private readonly refusals = new Map<Use, string>();
  /** Batches of these shapes have come once. */
  private readonly seen = new Set<string>();

  constructor(private readonly model: tf.LayersModel) {
    this.graph = new ModelGraph();
    this.variables = this.graph.bind('weight', variablesOf(model));
    this.layers = layersOf(model);
    const code = customCode(this.layers);
    const objective = code ?? customObjective(model);
    this.isForeign = code !== undefined;
    this.fingerprint = this.currentFingerprint();
    if (code !== undefined) this.refusals.set('predicts', code);
    if (objective !== undefined) this.refusals.set('is evaluated', objective);
  }

  /** Whether the graph is still that of the model, with the same variables, losses and metrics. */
  fits(): boolean {
    return this.fingerprint === this.currentFingerprint();
  }

  /**
   * Runs `stock`, or the graph of it once batches of this shape have come twice: to make a graph takes longer than one
   * prediction.
   *
   * @param options.isRepeated whether such batches are known to come again: then the first one takes the graph as well
   * @returns what `stock` returns; the caller disposes it
   */
  run(
    use: Use,
    batch: tf.Tensor[],
    stock: Step,
    { isRepeated = false }: { isRepeated?: boolean } = {},
  ): tf.Tensor[] {
    const key = describeShapes(use === 'predicts' ? 'predict' : 'test', batch);
    const refusal = this.refusals.get(use);
    if (refusal !== undefined) {
      warnUntraced(this.model.name, use, refusal);
      return this.runOpByOp(use, batch, stock);
    }
    if (!isRepeated && !this.seen.has(key)) {
      this.seen.add(key);
      return this.runOpByOp(use, batch, stock);
    }
    try {
      if (!this.graph.has(key)) {
        const run = (copies: tf.Tensor[]) => ({ outputs: stock(copies) });
        this.graph.add(key, () => traceModel(key, batch, this.variables, run));
      }
      const inputs = batch.map((tensor, i): [string, tf.Tensor] => [inputName(key, i), tensor]);
      return this.graph.run(key, new Map(inputs));
    } catch (error) {
      if (error instanceof NotFinite) {
        warnOfWeights(this.model, error.variables);
        return this.runOpByOp(use, batch, stock);
      }
      if (!(error instanceof GraphError || error instanceof Untraceable)) throw error;
      // When tfjs cannot do it either, the batch is the reason, and tfjs says it better.
      const outputs = stock(batch);
      this.refusals.set(use, error.message);
      warnUntraced(this.model.name, use, error.message);
      return outputs;
    }
  }

  private runOpByOp(use: Use, batch: tf.Tensor[], stock: Step): tf.Tensor[] {
    const outputs = stock(batch);
    const hasWarned = warnOfBatch(this.model, use, batch);
    if (!hasWarned && outputs.some((output) => findNotFinite(output))) {
      warnOfWeights(this.model, [...this.variables.values()]);
    }
    return outputs;
  }

  /** Frees the session. */
  close(): void {
    this.graph.close();
  }

  /** Everything in the model on which its predictions and losses depend, besides the values of its variables. */
  private currentFingerprint(): string {
    return JSON.stringify([
      addedCode(this.layers),
      this.isForeign ? '' : settingsOf(this.layers),
      objectiveOf(this.model),
      variablesOf(this.model).map(({ id }) => id),
    ]);
  }
}

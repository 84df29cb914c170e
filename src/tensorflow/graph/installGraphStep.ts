import { aroundEvaluation, aroundTraining, type Step } from '../native/aroundSteps';
import { nativeBackend } from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import { InferenceGraph } from './inferenceGraph';
import { installNoiseLayers } from './installNoiseLayers';
import { warnOfBatch } from './notFiniteNotice';
import { Untraceable } from './recordOps';
import { takesGradients } from '../native/takesGradients';
import { TrainingGraph } from './trainingGraph';
import { warnUntraced } from './warnUntraced';

/** Parts of tfjs's models that its types call private. */
interface Internals {
  isTraining: boolean;
  predictLoop(inputs: Tensors, batchSize?: number, verbose?: boolean): Tensors;
  /** The model in a Sequential one, which does its work. */
  model?: tf.LayersModel;
}

type Tensors = tf.Tensor | tf.Tensor[];
type FitMethod = (this: tf.LayersModel, ...args: unknown[]) => Promise<unknown>;

const trainings = new WeakMap<tf.LayersModel, TrainingGraph>();
const inferences = new WeakMap<tf.LayersModel, InferenceGraph>();
const prototype = tf.LayersModel.prototype;
const internals = prototype as unknown as Internals;
let installed = false;

/**
 * Lets all models train, predict and evaluate by TensorFlow graphs: `fit`, `fitDataset`, `trainOnBatch`, `predict`,
 * `predictOnBatch`, `evaluate` and `evaluateDataset`. What cannot be a graph runs as before; `SMILE_GRAPH=0` leaves tfjs
 * as it is.
 */
export function installGraphStep(): void {
  if (installed || !isWanted()) return;
  installed = true;
  installNoiseLayers();
  aroundTraining(trained);
  aroundEvaluation(evaluated);
  replacePredictLoop();
  closeAfterFit();
  closeOnDispose();
}

function isWanted(): boolean {
  return process.env['SMILE_GRAPH'] !== '0';
}

function takesGraphs(): boolean {
  return isWanted() && nativeBackend() !== undefined;
}

function trained(model: tf.LayersModel, stock: Step): Step {
  let graph = trainingGraph(model);
  return (data) => {
    requireSamples(data);
    // A callback can have changed the model since the last step.
    if (graph && !graph.fits()) graph = trainingGraph(model);
    if (graph) return graph.train(data, stock);
    if (takesGraphs()) warnOfBatch(model, 'trains', data);
    return stock(data);
  };
}

/** @throws {TypeError} when a batch is empty: its loss would be NaN, and so could all weights be */
function requireSamples(batch: tf.Tensor[]): void {
  const empty = batch.find((tensor) => tensor?.shape[0] === 0);
  if (!empty) return;
  throw new TypeError(
    `Cannot train on an empty batch: at least one sample is required, got inputs of shape [${empty.shape}]`,
  );
}

function evaluated(model: tf.LayersModel, stock: Step): Step {
  return (data) => {
    const graph = inferenceGraph(model);
    if (!graph) return stock(data);
    // A validation: it comes again after the next epoch, and a training that goes on later must measure the same.
    const { isTraining: isRepeated } = model as unknown as Internals;
    return graph.run('is evaluated', data, stock, { isRepeated });
  };
}

function replacePredictLoop(): void {
  const { predictLoop } = internals;
  internals.predictLoop = function (this: tf.LayersModel, inputs, batchSize = 32, verbose = false) {
    const all = Array.isArray(inputs) ? inputs : [inputs];
    const count = all[0]?.shape[0] ?? 0;
    const graph = inferenceGraph(this);
    const alike = all.every(({ shape }) => shape[0] === count);
    if (!graph || !alike || count === 0 || verbose) {
      return predictLoop.call(this, inputs, batchSize, verbose);
    }
    return tf.tidy(() => {
      const batches: tf.Tensor[][] = [];
      for (let start = 0; start < count; start += batchSize) {
        const size = Math.min(batchSize, count - start);
        const batch = size === count ? all : all.map((tensor) => rows(tensor, start, size));
        const stock: Step = (part) => [predictLoop.call(this, part, size)].flat() as tf.Tensor[];
        batches.push(tf.tidy(() => graph.run('predicts', batch, stock)));
      }
      const [first] = batches as [tf.Tensor[]];
      const outputs =
        batches.length === 1 ? first : first.map((_, i) => tf.concat(batches.map((b) => b[i]!)));
      return outputs.length === 1 ? outputs[0]! : outputs;
    });
  };
}

function rows(tensor: tf.Tensor, start: number, size: number): tf.Tensor {
  return tensor.slice([start], [size]);
}

/** A session holds a second copy of what tfjs holds as well once the training is over. */
function closeAfterFit(): void {
  for (const method of ['fit', 'fitDataset'] as const) {
    const original = prototype[method] as FitMethod;
    const closing: FitMethod = async function (...args) {
      try {
        return await original.apply(this, args);
      } finally {
        // One that was refused because another runs leaves that one its session.
        if (!(this as unknown as Internals).isTraining) trainings.get(this)?.close();
      }
    };
    Object.assign(prototype, { [method]: closing });
  }
}

function closeOnDispose(): void {
  const { dispose } = prototype;
  prototype.dispose = function (this: tf.LayersModel) {
    close(this);
    return dispose.call(this);
  };
  // A Sequential model that is compiled again does its work in a new one.
  const sequential = tf.Sequential.prototype;
  const { build } = sequential;
  sequential.build = function (this: tf.Sequential, ...args) {
    close(this);
    return build.apply(this, args);
  };
}

function close(model: tf.LayersModel): void {
  for (const part of [model, (model as unknown as Internals).model]) {
    if (!part) continue;
    trainings.get(part)?.close();
    inferences.get(part)?.close();
  }
}

function trainingGraph(model: tf.LayersModel): TrainingGraph | undefined {
  if (!takesGraphs()) return undefined;
  const known = trainings.get(model);
  if (known?.fits()) return known;
  known?.close();
  trainings.delete(model);
  try {
    const graph = new TrainingGraph(model);
    trainings.set(model, graph);
    return graph;
  } catch (error) {
    if (!(error instanceof Untraceable)) throw error;
    warnUntraced(model.name, 'trains', error.message);
    return undefined;
  }
}

function inferenceGraph(model: tf.LayersModel): InferenceGraph | undefined {
  // What a graph returns has no gradient.
  if (takesGradients() || !takesGraphs()) return undefined;
  const known = inferences.get(model);
  if (known?.fits()) return known;
  known?.close();
  const graph = new InferenceGraph(model);
  inferences.set(model, graph);
  return graph;
}

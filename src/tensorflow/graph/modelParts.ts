import type { tf } from '../tfjs';

/** Fields of tfjs's models that its types call private. */
interface Compiled {
  lossFunctions?: object[];
  metricsTensors?: Array<[metric: object, output: number]>;
  collectedTrainableWeights: tf.LayerVariable[];
}

/** All variables of a model, each once, in the order of its layers. */
export function variablesOf(model: tf.LayersModel): tf.Variable[] {
  return [...new Set(model.weights.map((weight) => weight.read() as tf.Variable))];
}

/** The variables that a compiled model trains. */
export function trainedVariablesOf(model: tf.LayersModel): tf.Variable[] {
  const { collectedTrainableWeights } = model as unknown as Compiled;
  return collectedTrainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** The losses and metrics of a compiled model, as text that is the same for the same functions. */
export function objectiveOf(model: tf.LayersModel): string {
  const { lossFunctions = [], metricsTensors = [] } = model as unknown as Compiled;
  const metrics = metricsTensors.map(([metric, output]) => [objectId(metric), output]);
  return JSON.stringify([lossFunctions.map(objectId), metrics]);
}

const ids = new WeakMap<object, number>();
let nextId = 0;

/** A number that belongs to one object as long as the process lives. */
export function objectId(object: object): number {
  let id = ids.get(object);
  if (id === undefined) {
    id = nextId++;
    ids.set(object, id);
  }
  return id;
}

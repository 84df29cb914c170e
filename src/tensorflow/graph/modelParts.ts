import { tf } from '../native/tfjs';

/** Fields of tfjs's models that its types call private. */
interface Compiled {
  lossFunctions?: object[];
  metricsTensors?: Array<[metric: object, output: number]>;
  collectedTrainableWeights: tf.LayerVariable[];
}

/** A model and its layers, those in wrappers and in models within it too, each once. */
export function layersOf(model: tf.LayersModel): tf.layers.Layer[] {
  const found = new Set<tf.layers.Layer>();
  const add = (layer: tf.layers.Layer) => {
    if (found.has(layer)) return;
    found.add(layer);
    for (const part of Object.values(layer).flat() as unknown[]) {
      if (part instanceof tf.layers.Layer) add(part);
    }
  };
  add(model);
  return [...found];
}

/** The settings of layers, as text; how they are connected cannot change once a model is built. */
export function settingsOf(layers: readonly tf.layers.Layer[]): string {
  // A model's own would list all of its layers' again, and warn of each argument that is a tensor.
  const single = layers.filter((layer) => !(layer instanceof tf.LayersModel));
  return JSON.stringify(single.map((layer) => layer.getConfig()));
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

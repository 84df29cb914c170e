import { withoutMaskArguments } from './withoutMaskArguments';
import { kindsOfKeras } from './layerTable';
import { layerOfOperation } from './operations';
import { operationOfKeras2 } from './operationOfKeras2';
import { historyOf, type TensorReference } from './values/tensorReference';
import { type Config, isConfig, kerasObject } from './values/values';

/** A layer as a configuration describes it. */
export interface LayerDescription {
  className: string;
  name: string;
  config: Config;
  /** What the layer is called with, once for each call; empty in a Sequential model. */
  calls: TensorReference[][];
}

/** A model as a configuration describes it, whichever version of Keras wrote it. */
export interface ModelDescription {
  kind: 'Sequential' | 'Functional';
  name: string | undefined;
  layers: LayerDescription[];
  /** Of a Functional model. */
  inputs: TensorReference[];
  outputs: TensorReference[];
  /** The input's shape of a Sequential model whose layers do not give it. */
  inputShape: unknown;
}

const FUNCTIONAL = ['Functional', 'Model'];
const MODELS = ['Sequential', ...FUNCTIONAL];

/** Whether a class of Keras' is a model, which may also be a layer of another one. */
export function isModelClass(className: string): boolean {
  return MODELS.includes(className);
}

/**
 * Reads the configuration of a model as Keras 3 writes it into `config.json`, or as Keras 2 and 3 write it into `.h5`.
 *
 * @throws {Error} when it is none, or not of a Sequential or Functional model
 */
export function parseModelConfig(value: unknown): ModelDescription {
  const model = kerasObject(value);
  if (!model) throw new Error('its configuration describes no model');
  if (!isModelClass(model.className)) {
    throw new Error(
      `it must be a Sequential or Functional model, got ${JSON.stringify(model.className)}`,
    );
  }
  // Keras before 2.2.3 wrote the bare list of layers.
  const given = (value as Config)['config'];
  const config: Config = Array.isArray(given) ? { layers: given } : model.config;
  const { name, layers } = config;
  if (!Array.isArray(layers)) throw new Error('its configuration holds no list of layers');
  const kind = model.className === 'Sequential' ? 'Sequential' : 'Functional';
  const described: ModelDescription = {
    kind,
    name: typeof name === 'string' ? name : undefined,
    layers: withoutMaskArguments(layers).map((layer, i) => parseLayer(layer, i)),
    inputs: kind === 'Functional' ? references(config['input_layers'], 'inputs') : [],
    outputs: kind === 'Functional' ? references(config['output_layers'], 'outputs') : [],
    inputShape: config['build_input_shape'],
  };
  // Keras 2 counts a node of its own for each model that is a layer; Keras 3 for a Functional one, and among the outputs alone.
  const isOld = layers.some(isOldGraph);
  const counted = withoutOwnNodes(described, isOld ? MODELS : FUNCTIONAL);
  const recounted = (layer: LayerDescription) => ({ ...layer, calls: layer.calls.map(counted) });
  return {
    ...described,
    layers: isOld ? described.layers.map(recounted) : described.layers,
    outputs: counted(described.outputs),
  };
}

/** Counts the calls of layers of these classes from their first one, which comes second behind a node of their own. */
function withoutOwnNodes({ layers }: ModelDescription, classNames: readonly string[]) {
  const having = layers.filter(({ className }) => classNames.includes(className));
  const names = having.map(({ name }) => name);
  return (references: TensorReference[]) =>
    references.map(([layer, call, output]): TensorReference => {
      return [layer, names.includes(layer) ? call - 1 : call, output];
    });
}

/** By which names a configuration calls a model's outputs where it has them by name, in their order; else undefined. */
export function outputKeys(value: unknown): string[] | undefined {
  const outputs = kerasObject(value)?.config['output_layers'];
  return isConfig(outputs) ? Object.keys(outputs).sort() : undefined;
}

/** Whether a layer's calls are written as Keras 2 writes them. */
function isOldGraph(layer: unknown): boolean {
  const nodes = isConfig(layer) ? layer['inbound_nodes'] : undefined;
  return Array.isArray(nodes) && Array.isArray(nodes[0]);
}

function parseLayer(written: unknown, index: number): LayerDescription {
  const value = layerOfOperation(operationOfKeras2(written));
  const layer = kerasObject(value);
  if (!layer) throw new Error(`its configuration does not describe layer ${index + 1}`);
  const { className, config } = layer;
  const { name: outer, inbound_nodes: nodes } = value as Config;
  const name = [outer, config['name']].find((some) => typeof some === 'string') as
    string | undefined;
  if (name === undefined) throw new Error(`layer ${index + 1} has no name`);
  // One that is not known is refused for that, however it is called: MultiHeadAttention gets more than its inputs.
  const isKnown = isModelClass(className) || kindsOfKeras(className).length > 0;
  const calls = isKnown && Array.isArray(nodes) ? nodes.map((node) => parseCall(node, name)) : [];
  return { className, name, config, calls };
}

function parseCall(node: unknown, layer: string): TensorReference[] {
  // Keras 2: [["conv2d", 0, 0, {}], …]
  if (Array.isArray(node)) {
    return node.map((input: unknown) => {
      const [from, call, output, kwargs] = Array.isArray(input) ? (input as unknown[]) : [];
      checkArguments(kwargs, layer);
      return reference([from, call, output], `inputs of ${JSON.stringify(layer)}`);
    });
  }
  // Keras 3: { args: [tensor or list of tensors], kwargs: {} }
  const { args, kwargs } = isConfig(node) ? node : { args: undefined, kwargs: undefined };
  const [inputs, ...others] = Array.isArray(args) ? (args as unknown[]) : [];
  if (others.some((other) => other != null)) {
    throw new Error(`${JSON.stringify(layer)} must be called with its inputs alone`);
  }
  checkArguments(kwargs, layer);
  const tensors = Array.isArray(inputs) ? (inputs as unknown[]) : [inputs];
  return tensors.map((tensor) =>
    reference(historyOf(tensor), `inputs of ${JSON.stringify(layer)}`),
  );
}

/**
 * Refuses arguments of a call besides its inputs. `training` is always there, and without effect: the model's own `fit`
 * and `predict` overrule it (`operation_fn` in keras/src/models/functional.py).
 */
function checkArguments(kwargs: unknown, layer: string): void {
  for (const [name, value] of Object.entries(isConfig(kwargs) ? kwargs : {})) {
    if (value != null && name !== 'training') {
      throw new Error(
        `${JSON.stringify(layer)} must be called with its inputs alone, got ${name}=${JSON.stringify(value)}`,
      );
    }
  }
}

/** A list of references, one reference as Keras 3 writes it where there is only one, or one by each name, in their order. */
function references(value: unknown, what: string): TensorReference[] {
  if (isConfig(value)) {
    const names = Object.keys(value).sort();
    return names.flatMap((name) => references(value[name], what));
  }
  if (!Array.isArray(value)) throw new Error(`its ${what} must be a list`);
  return typeof value[0] === 'string'
    ? [reference(value, what)]
    : value.map((some) => reference(some, what));
}

function reference(value: unknown, what: string): TensorReference {
  const [layer, call, output] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof layer !== 'string' || typeof call !== 'number' || typeof output !== 'number') {
    throw new Error(`its configuration does not say where the ${what} come from`);
  }
  return [layer, call, output];
}

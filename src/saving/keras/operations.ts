import type { ItemPart } from '../../models/layers/getItem';
import { type Config, isConfig, kerasObject, sameJson } from './values/values';

/** A number, or one for each channel. */
type Constant = number | number[];

/** What an operation is called with, and its settings. */
interface Call {
  config: Config;
  /** What stands beside the tensors; undefined where there are tensors alone. */
  constant: Constant | undefined;
  /** Whether the constant stands before the tensor. */
  isFirst: boolean;
}

/** The layer that computes the same; undefined where there is none. */
type Stand = (call: Call) => Config | undefined;

const each = (compute: (value: number) => number, constant: Constant): Constant =>
  typeof constant === 'number' ? compute(constant) : constant.map(compute);

const rescaling = (scale: Constant, offset: Constant = 0): Config => ({
  class_name: 'Rescaling',
  config: { scale, offset },
});

const negative = (value: number): number => -value;

const divided: Stand = ({ constant, isFirst }) =>
  constant === undefined || isFirst ? undefined : rescaling(each((c) => 1 / c, constant));

const joined =
  (layer: string): Stand =>
  ({ constant }) =>
    constant === undefined ? { class_name: layer } : undefined;

/** @param settings with which alone it computes what the layer Activation does */
const activation =
  (name: string, settings: Config = {}): Stand =>
  ({ config, constant }) =>
    constant === undefined && Object.keys(settings).every((one) => config[one] === settings[one])
      ? { class_name: 'Activation', config: { activation: name } }
      : undefined;

const pooled =
  (layer: string): Stand =>
  ({ config: { axis, keepdims, initial } }) =>
    sameJson(axis, [1, 2]) && initial == null
      ? { class_name: layer, config: { keepdims } }
      : undefined;

/** What resizing by an operation can do besides, as the layer does not. */
const BESIDES = [
  'antialias',
  'crop_to_aspect_ratio',
  'pad_to_aspect_ratio',
  'preserve_aspect_ratio',
];

const resized: Stand = ({ config }) => {
  const { size, interpolation, data_format: format } = config;
  if (format === 'channels_first' || BESIDES.some((name) => config[name])) return undefined;
  const [height, width] = size as number[];
  return { class_name: 'Resizing', config: { height, width, interpolation } };
};

/**
 * Operations of the functional API, as `x / 255`, and the layers that compute the same.
 *
 * Sources: keras/src/ops/numpy.py, keras/src/ops/nn.py
 */
const OPERATIONS: Readonly<Record<string, Stand>> = {
  Add: ({ constant: c }) => (c === undefined ? { class_name: 'Add' } : rescaling(1, c)),
  Multiply: ({ constant: c }) => (c === undefined ? { class_name: 'Multiply' } : rescaling(c)),
  Subtract: ({ constant: c, isFirst }) => {
    if (c === undefined) return { class_name: 'Subtract' };
    return isFirst ? rescaling(-1, c) : rescaling(1, each(negative, c));
  },
  TrueDivide: divided,
  Divide: divided,
  Negative: () => rescaling(-1),
  Maximum: joined('Maximum'),
  Minimum: joined('Minimum'),
  Concatenate: ({ config: { axis } }) => ({ class_name: 'Concatenate', config: { axis } }),
  Stack: ({ config: { axis } }) => ({ class_name: 'Stack', config: { axis } }),
  Cast: ({ config: { dtype } }) =>
    dtype === 'float32'
      ? { class_name: 'Activation', config: { activation: 'linear' } }
      : undefined,
  Reshape: ({ config: { newshape } }) => {
    const [batch, ...target] = newshape as number[];
    return batch === -1 ? { class_name: 'Reshape', config: { target_shape: target } } : undefined;
  },
  Resize: resized,
  Mean: pooled('GlobalAveragePooling2D'),
  Max: pooled('GlobalMaxPooling2D'),
  Elu: activation('elu', { alpha: 1 }),
  Gelu: activation('gelu', { approximate: false }),
  LeakyRelu: activation('leaky_relu', { negative_slope: 0.2 }),
  Relu: activation('relu'),
  Relu6: activation('relu6'),
  Selu: activation('selu'),
  Sigmoid: activation('sigmoid'),
  Silu: activation('silu'),
  Softmax: activation('softmax', { axis: -1 }),
  Softplus: activation('softplus'),
  Softsign: activation('softsign'),
  Tanh: activation('tanh'),
};

/**
 * Writes an operation of a configuration, which Keras keeps among the layers, as the layer that computes the same; layers
 * stay as they are.
 *
 * @throws {Error} when there is no layer like it here
 */
export function layerOfOperation(value: unknown): unknown {
  if (!isConfig(value)) return value;
  const { module, class_name: name, config = {}, inbound_nodes: nodes } = value;
  if (!String(module).startsWith('keras.src.ops') && !isBareOperation(value)) return value;
  const [node, ...others] = Array.isArray(nodes) ? (nodes as unknown[]) : [];
  const args = isConfig(node) && Array.isArray(node['args']) ? (node['args'] as unknown[]) : [];
  const layer = others.length > 0 ? undefined : standFor(String(name), config as Config, args);
  const called = (config as Config)['name'];
  if (!layer) {
    throw new Error(
      `${JSON.stringify(called ?? name)} is the operation ${String(name)}, which is not known here as it is called; a layer may stand in its place (as Rescaling for x / 255), or it may be computed before the model`,
    );
  }
  const tensors = args.filter(isTensor);
  const inputs = args.filter((arg) => isTensor(arg) || isTensors(arg));
  return {
    ...value,
    ...layer,
    config: { name: called, ...(layer['config'] as Config | undefined) },
    inbound_nodes: [{ args: tensors.length > 1 ? [tensors] : inputs, kwargs: {} }],
  };
}

/**
 * Whether something in an `.h5` of Keras 3 is an operation: there it has the name of its class alone, which may be that of
 * a layer, and unlike one no `trainable` and no type of its numbers. Keras itself opens no such file again.
 */
function isBareOperation({ module, class_name: name, config = {}, inbound_nodes: nodes }: Config) {
  const [node] = Array.isArray(nodes) ? (nodes as unknown[]) : [];
  const { trainable, dtype, layers } = config as Config;
  const isTyped = dtype !== undefined && name !== 'Cast';
  return module === undefined && isConfig(node) && !isTyped && trainable === undefined && !layers;
}

function standFor(name: string, config: Config, args: readonly unknown[]): Config | undefined {
  if (name === 'GetItem') {
    const parts = partsOf(args[1]);
    return parts && args.length === 2 && isTensor(args[0])
      ? { class_name: name, config: { parts } }
      : undefined;
  }
  const given = args.filter((arg) => !isTensor(arg) && !isTensors(arg));
  const constant = given.length === 1 ? constantBeside(args, given[0]) : undefined;
  if (given.length > 1 || given.length > (constant === undefined ? 0 : 1)) return undefined;
  const stand = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  return stand?.({ config, constant, isFirst: args[0] === given[0] });
}

function isTensor(value: unknown): boolean {
  return kerasObject(value)?.className === '__keras_tensor__';
}

function isTensors(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isTensor);
}

/** A number, or the numbers of an array that has one for each channel of the tensor beside it. */
function constantBeside(args: readonly unknown[], given: unknown): Constant | undefined {
  if (typeof given === 'number') return given;
  // Keras 2 writes the bare numbers of one channel after the other.
  if (Array.isArray(given) && given.every((one) => typeof one === 'number')) return given;
  const { className, config } = kerasObject(given) ?? {};
  if (!['__numpy__', '__tensor__'].includes(className ?? '')) return undefined;
  const shape = kerasObject(args.find(isTensor))?.config['shape'];
  let value = config!['value'];
  let rank = 0;
  for (; Array.isArray(value) && value.length === 1; rank++) value = value[0] as unknown;
  if (!Array.isArray(shape) || rank > shape.length) return undefined;
  if (typeof value === 'number') return value;
  const isRow = Array.isArray(value) && value.every((one) => typeof one === 'number');
  const fits = isRow && (value as number[]).length === shape.at(-1) && rank < shape.length;
  return fits ? (value as number[]) : undefined;
}

/** What `x[…]` takes, without the batch, which must stay whole; undefined where it is more than slices and numbers. */
function partsOf(key: unknown): Array<ItemPart | 'ellipsis'> | undefined {
  const parts = (Array.isArray(key) ? (key as unknown[]) : [key]).map(partOf);
  const known = parts.filter((part): part is ItemPart | 'ellipsis' => part !== undefined);
  const [first] = known;
  if (known.length < parts.length || first === undefined) return undefined;
  if (first === 'ellipsis') return known;
  return sameJson(first, [null, null, null]) ? known.slice(1) : undefined;
}

function partOf(written: unknown): ItemPart | 'ellipsis' | undefined {
  if (Number.isInteger(written)) return written as number;
  const { className, config = {} } = kerasObject(written) ?? {};
  if (className === '__ellipsis__') return 'ellipsis';
  if (className !== '__slice__') return undefined;
  const { start = null, stop = null, step = null } = config;
  return [start, stop, step] as ItemPart;
}

/** Writes a layer of {@link layerOfOperation} that Keras has as an operation alone as that; other ones stay as they are. */
export function operationOfLayer(layer: Config): Config {
  const { class_name: name, config, inbound_nodes: nodes } = layer;
  if (name !== 'GetItem' && name !== 'Stack') return layer;
  const { name: own, axis, parts } = config as Config;
  if (name === 'Stack') return { ...layer, registered_name: name, config: { name: own, axis } };
  const key = [wholeBatch, ...(parts as Array<ItemPart | 'ellipsis'>).map(writtenPart)];
  const [node] = nodes as [{ args: unknown[] }];
  return {
    ...layer,
    registered_name: name,
    config: { name: own },
    inbound_nodes: [{ ...node, args: [...node.args, key] }],
  };
}

const wholeBatch = writtenPart([null, null, null]);

function writtenPart(part: ItemPart | 'ellipsis'): unknown {
  if (typeof part === 'number') return part;
  if (part === 'ellipsis') return { class_name: '__ellipsis__', config: {} };
  const [start, stop, step] = part;
  return { class_name: '__slice__', config: { start, stop, step } };
}

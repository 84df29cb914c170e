import { type Config, isConfig } from './values/values';

/** What a function of TensorFlow is in Keras 3, with the settings that only Keras 3 writes where they are left out. */
type Counterpart = readonly [operation: string, settings?: Config];

/** Functions of TensorFlow that Keras 2 keeps among the layers of a model. */
const FUNCTIONS: Readonly<Record<string, Counterpart>> = {
  '__operators__.add': ['Add'],
  '__operators__.getitem': ['GetItem'],
  'math.add': ['Add'],
  'nn.bias_add': ['Add'],
  'math.multiply': ['Multiply'],
  'math.subtract': ['Subtract'],
  'math.truediv': ['TrueDivide'],
  'math.divide': ['Divide'],
  'math.negative': ['Negative'],
  'math.maximum': ['Maximum'],
  'math.minimum': ['Minimum'],
  'math.reduce_mean': ['Mean', { keepdims: false }],
  'math.reduce_max': ['Max', { keepdims: false }],
  'math.sigmoid': ['Sigmoid'],
  'math.softplus': ['Softplus'],
  'math.tanh': ['Tanh'],
  'nn.elu': ['Elu', { alpha: 1 }],
  'nn.gelu': ['Gelu', { approximate: false }],
  'nn.leaky_relu': ['LeakyRelu', { negative_slope: 0.2 }],
  'nn.relu': ['Relu'],
  'nn.relu6': ['Relu6'],
  'nn.selu': ['Selu'],
  'nn.silu': ['Silu'],
  'nn.softmax': ['Softmax', { axis: -1 }],
  'nn.softsign': ['Softsign'],
  cast: ['Cast'],
  concat: ['Concatenate'],
  'image.resize': ['Resize', { interpolation: 'bilinear' }],
  reshape: ['Reshape'],
  stack: ['Stack', { axis: 0 }],
};

/** Settings that Keras 3 calls otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  alpha: 'negative_slope',
  method: 'interpolation',
  shape: 'newshape',
};

/** What stands beside the tensor that a function is called with, a tensor or a number. */
const BESIDE = ['y', 'bias', 'slice_spec'];

/**
 * Writes a function of TensorFlow in a model of Keras 2, as in `x / 255`, as Keras 3 writes such an operation; layers stay
 * as they are. One that is not known here keeps its name, to be refused by it.
 *
 * Source: tf_keras/src/layers/core/tf_op_layer.py
 */
export function operationOfKeras2(layer: unknown): unknown {
  if (!isConfig(layer) || !['TFOpLambda', 'SlicingOpLambda'].includes(String(layer['class_name'])))
    return layer;
  const { name, function: called } = layer['config'] as Config;
  const nodes = layer['inbound_nodes'] as unknown[];
  const [operation, defaults] = FUNCTIONS[String(called)] ?? [`tf.${String(called)}`];
  return {
    ...layer,
    module: 'keras.src.ops.numpy',
    class_name: operation,
    config: { ...defaults, ...settingsOf(nodes[0]), name },
    inbound_nodes: nodes.map((node) => ({ args: argumentsOf(node), kwargs: {} })),
  };
}

/** A node is the tensor that the function is called with, or a list of these; the last part holds the other arguments. */
function tensorsOf(node: unknown): unknown[][] {
  return (Array.isArray(node) && Array.isArray(node[0]) ? node : [node]) as unknown[][];
}

function settingsOf(node: unknown): Config {
  const given = Object.entries((tensorsOf(node)[0]?.[3] ?? {}) as Config);
  const settings = given.filter(([name, value]) => !BESIDE.includes(name) && value !== null);
  return Object.fromEntries(settings.map(([name, value]) => [RENAMED[name] ?? name, value]));
}

function argumentsOf(node: unknown): unknown[] {
  const tensors = tensorsOf(node);
  const beside = Object.entries((tensors[0]?.[3] ?? {}) as Config);
  return [
    Array.isArray(node) && node[0] === tensors[0] ? tensors.map(argument) : argument(node),
    ...beside.filter(([name]) => BESIDE.includes(name)).map(([, value]) => argument(value)),
  ];
}

/** A tensor, a number, or what stands between brackets, as Keras 3 writes them. */
function argument(value: unknown): unknown {
  if (!Array.isArray(value)) return isConfig(value) ? part(value) : value;
  const [from, call, output] = value as unknown[];
  if (from === '_CONSTANT_VALUE') return output;
  return typeof from === 'string'
    ? { class_name: '__keras_tensor__', config: { keras_history: [from, call, output] } }
    : value.map(argument);
}

function part(written: Config): Config {
  const isEllipsis = written['class_name'] === '__ellipsis__';
  return { class_name: isEllipsis ? '__ellipsis__' : '__slice__', config: written };
}

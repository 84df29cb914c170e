import { tf } from '../../tensorflow/tf';
import type { TorchTensor } from './torchFile';

/** Of each stage: blocks, side of the kernel, stride of its first block, how far it widens, channels that it gives. */
const STAGES = [
  [1, 3, 1, 1, 16],
  [2, 3, 2, 6, 24],
  [2, 5, 2, 6, 40],
  [3, 3, 2, 6, 80],
  [3, 5, 1, 6, 112],
  [4, 5, 2, 6, 192],
  [1, 3, 1, 6, 320],
] as const;

const CLASSES = 1000;
const EPSILON = 1e-3;

/** What a layer is called in the file of its weights. */
type TorchNames = Map<tf.layers.Layer, string>;

/**
 * Builds EfficientNet-Lite0 with the weights of a file: 224×224 pictures whose values are `(x − 127) / 128` become a logit for
 * each of the 1,000 classes of ImageNet. Its layers are frozen.
 *
 * The layers are `stem_…`, `block0_…` to `block15_…`, `head_…`, `pool` and `logits`; a block widens (`_expand`), looks around
 * (`_depthwise`), and narrows again (`_project`).
 *
 * Source: https://github.com/tensorflow/tpu/blob/master/models/official/efficientnet/lite/efficientnet_lite_builder.py
 *
 * @param tensors as `readTorchFile` gives them
 * @returns the caller disposes it
 * @throws {Error} when a tensor is missing or of another shape
 */
export function efficientNetLite0(tensors: ReadonlyMap<string, TorchTensor>): tf.LayersModel {
  const names: TorchNames = new Map();
  const input = tf.input({ shape: [224, 224, 3], name: 'pictures' });
  let x = convolved(names, input, 'stem', {
    torch: '_conv_stem',
    normalization: '_bn0',
    filters: 32,
    kernel: 3,
    strides: 2,
  });
  let block = 0;
  let channels = 32;
  for (const [repeats, kernel, stride, widening, filters] of STAGES) {
    for (let i = 0; i < repeats; i++) {
      const strides = i === 0 ? stride : 1;
      x = blockOf(names, x, block++, {
        kernel,
        strides,
        wide: channels * widening,
        channels,
        filters,
      });
      channels = filters;
    }
  }
  x = convolved(names, x, 'head', {
    torch: '_conv_head',
    normalization: '_bn1',
    filters: 1280,
    kernel: 1,
  });
  x = tf.layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as tf.SymbolicTensor;
  const logits = tf.layers.dense({
    units: CLASSES,
    name: 'logits',
    kernelInitializer: 'zeros',
    trainable: false,
  });
  names.set(logits, '_fc');
  const model = tf.model({
    inputs: input,
    outputs: logits.apply(x) as tf.SymbolicTensor,
    name: 'efficientnet-lite0',
  });
  try {
    for (const [layer, name] of names) fill(layer, name, tensors);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

interface Convolution {
  torch: string;
  normalization: string;
  /** Left out where each channel is looked at by itself. */
  filters?: number;
  kernel: number;
  strides?: number;
  isLinear?: boolean;
}

/** A convolution, its batch normalization, and ReLU up to 6. */
function convolved(
  names: TorchNames,
  x: tf.SymbolicTensor,
  name: string,
  { torch, normalization, filters, kernel, strides = 1, isLinear = false }: Convolution,
): tf.SymbolicTensor {
  const common = {
    kernelSize: kernel,
    strides,
    padding: 'same',
    useBias: false,
    trainable: false,
  } as const;
  const convolution =
    filters === undefined
      ? tf.layers.depthwiseConv2d({ ...common, name, depthwiseInitializer: 'zeros' })
      : tf.layers.conv2d({
          ...common,
          name: /^block/.test(name) ? name : `${name}_conv`,
          filters,
          kernelInitializer: 'zeros',
        });
  const normalized = tf.layers.batchNormalization({
    name: `${name}_bn`,
    epsilon: EPSILON,
    trainable: false,
  });
  names.set(convolution, torch).set(normalized, normalization);
  const layers: tf.layers.Layer[] = [convolution, normalized];
  if (!isLinear) layers.push(tf.layers.reLU({ name: `${name}_relu`, maxValue: 6 }));
  return layers.reduce((found, layer) => layer.apply(found) as tf.SymbolicTensor, x);
}

/** Source: Sandler et al., MobileNetV2, 2018, https://arxiv.org/abs/1801.04381, figure 4. */
function blockOf(
  names: TorchNames,
  x: tf.SymbolicTensor,
  index: number,
  size: { kernel: number; strides: number; wide: number; channels: number; filters: number },
): tf.SymbolicTensor {
  const { kernel, strides, wide, channels, filters } = size;
  const [name, torch] = [`block${index}`, `_blocks.${index}.`];
  const expand = {
    torch: `${torch}_expand_conv`,
    normalization: `${torch}_bn0`,
    filters: wide,
    kernel: 1,
  };
  const widened = wide === channels ? x : convolved(names, x, `${name}_expand`, expand);
  const seen = convolved(names, widened, `${name}_depthwise`, {
    ...{ torch: `${torch}_depthwise_conv`, normalization: `${torch}_bn1`, kernel, strides },
  });
  const narrowed = convolved(names, seen, `${name}_project`, {
    ...{ torch: `${torch}_project_conv`, normalization: `${torch}_bn2`, filters, kernel: 1 },
    isLinear: true,
  });
  if (strides !== 1 || channels !== filters) return narrowed;
  return tf.layers.add({ name: `${name}_add` }).apply([x, narrowed]) as tf.SymbolicTensor;
}

/** PyTorch puts the outputs first, tfjs last. */
const ORDERS: Readonly<Record<string, number[]>> = {
  Conv2D: [2, 3, 1, 0],
  DepthwiseConv2D: [2, 3, 0, 1],
  Dense: [1, 0],
};

function fill(
  layer: tf.layers.Layer,
  name: string,
  tensors: ReadonlyMap<string, TorchTensor>,
): void {
  const order = ORDERS[layer.getClassName()];
  const parts =
    order === undefined ? ['weight', 'bias', 'running_mean', 'running_var'] : ['weight', 'bias'];
  const used = parts.slice(0, layer.weights.length);
  tf.tidy(() =>
    layer.setWeights(
      used.map((part) => {
        const tensor = tensors.get(`${name}.${part}`);
        if (!tensor) throw new Error(`it has no tensor ${name}.${part}`);
        const weight = tf.tensor(tensor.values, tensor.shape);
        return part === 'weight' && order ? weight.transpose(order) : weight;
      }),
    ),
  );
}

import { BatchNormalization } from '../../models/layers/batchNormalization';
import { GlobalAverage, GlobalMax } from '../../models/layers/globalPooling';
import { NoiseShapeDropout } from '../../models/layers/noiseShapeDropout';
import { Normalization } from '../../models/layers/normalization';
import { Rectifier } from '../../models/layers/rectifier';
import { tf } from '../../tensorflow/tf';
import {
  activation,
  axis,
  axisOrNone,
  initializer,
  moments,
  plain,
  regularizer,
} from './layerValues';
import type { Config } from './values';

type Translation = typeof plain;

/** How one class of layers is written by Keras and made in tfjs. */
export interface LayerKind {
  /** Keras' name of the class. */
  keras: string;
  /** tfjs's name of the class, also of one of our own. */
  tfjs: string;
  create: (args: never) => tf.layers.Layer;
  /** Fields of Keras' configuration that tfjs has under the same name in camel case. */
  fields: Record<string, Translation>;
  /** tfjs's name of a field where it is another one. */
  renamed?: Record<string, string>;
  /** Fields that Keras may leave out or older versions did not have, with their value then. */
  defaults?: Config;
  /** What tfjs cannot do otherwise: Keras' value, without which a layer is refused. */
  fixed: Config;
  /** The same for fields that only older versions wrote. */
  fixedOnce?: Config;
}

const image = { data_format: 'channels_last' };
const noConstraint = (...weights: string[]) =>
  Object.fromEntries(weights.map((weight) => [`${weight}_constraint`, null]));
const weight = (name: string): Record<string, Translation> => ({
  [`${name}_initializer`]: initializer,
  [`${name}_regularizer`]: regularizer,
});

const window = { kernel_size: plain, strides: plain, padding: plain, dilation_rate: plain };
const output = { activation, use_bias: plain };
const noActivityRegularizer = { activity_regularizer: null };
const pooling: Pick<LayerKind, 'fields' | 'fixed'> = {
  fields: { pool_size: plain, strides: plain, padding: plain },
  fixed: image,
};

const KINDS: readonly LayerKind[] = [
  {
    keras: 'Conv2D',
    tfjs: 'Conv2D',
    create: tf.layers.conv2d,
    fields: { filters: plain, ...window, ...output, ...weight('kernel'), ...weight('bias') },
    fixed: { ...image, groups: 1, ...noActivityRegularizer, ...noConstraint('kernel', 'bias') },
  },
  {
    keras: 'DepthwiseConv2D',
    tfjs: 'DepthwiseConv2D',
    create: tf.layers.depthwiseConv2d,
    fields: {
      depth_multiplier: plain,
      ...window,
      ...output,
      ...weight('depthwise'),
      ...weight('bias'),
    },
    fixed: { ...image, ...noActivityRegularizer, ...noConstraint('depthwise', 'bias') },
    fixedOnce: { groups: 1 },
  },
  {
    keras: 'SeparableConv2D',
    tfjs: 'SeparableConv2D',
    create: tf.layers.separableConv2d,
    fields: {
      filters: plain,
      depth_multiplier: plain,
      ...window,
      ...output,
      ...weight('depthwise'),
      ...weight('pointwise'),
      ...weight('bias'),
    },
    fixed: {
      ...image,
      ...noActivityRegularizer,
      ...noConstraint('depthwise', 'pointwise', 'bias'),
    },
    fixedOnce: { groups: 1 },
  },
  { keras: 'MaxPooling2D', tfjs: 'MaxPooling2D', create: tf.layers.maxPooling2d, ...pooling },
  {
    keras: 'AveragePooling2D',
    tfjs: 'AveragePooling2D',
    create: tf.layers.averagePooling2d,
    ...pooling,
  },
  ...(
    [
      ['GlobalAveragePooling2D', tf.layers.globalAveragePooling2d, GlobalAverage],
      ['GlobalMaxPooling2D', tf.layers.globalMaxPooling2d, GlobalMax],
    ] as const
  ).flatMap(([name, create, Keeping]): LayerKind[] => [
    { keras: name, tfjs: name, create, fields: {}, fixed: { ...image, keepdims: false } },
    {
      keras: name,
      tfjs: Keeping.className,
      create: (args) => new Keeping(args),
      fields: {},
      fixed: { ...image, keepdims: true },
    },
  ]),
  {
    keras: 'BatchNormalization',
    tfjs: 'BatchNormalization',
    create: (args) => new BatchNormalization(args),
    fields: {
      axis,
      momentum: plain,
      epsilon: plain,
      center: plain,
      scale: plain,
      ...weight('beta'),
      ...weight('gamma'),
      moving_mean_initializer: initializer,
      moving_variance_initializer: initializer,
    },
    fixed: { synchronized: false, renorm: false, ...noConstraint('beta', 'gamma') },
  },
  {
    keras: 'Dense',
    tfjs: 'Dense',
    create: tf.layers.dense,
    fields: { units: plain, ...output, ...weight('kernel'), ...weight('bias') },
    fixed: {
      ...noActivityRegularizer,
      ...noConstraint('kernel', 'bias'),
      quantization_config: null,
    },
  },
  {
    keras: 'Dropout',
    tfjs: 'Dropout',
    create: tf.layers.dropout,
    fields: { rate: plain, seed: plain },
    fixed: { noise_shape: null },
  },
  {
    keras: 'Dropout',
    tfjs: 'NoiseShapeDropout',
    create: (args) => new NoiseShapeDropout(args),
    fields: { rate: plain, seed: plain, noise_shape: plain },
    fixed: {},
  },
  { keras: 'Flatten', tfjs: 'Flatten', create: tf.layers.flatten, fields: {}, fixed: image },
  {
    keras: 'Reshape',
    tfjs: 'Reshape',
    create: tf.layers.reshape,
    fields: { target_shape: plain },
    fixed: {},
  },
  {
    keras: 'ZeroPadding2D',
    tfjs: 'ZeroPadding2D',
    create: tf.layers.zeroPadding2d,
    fields: { padding: plain },
    fixed: image,
  },
  {
    keras: 'Rescaling',
    tfjs: 'Rescaling',
    create: tf.layers.rescaling,
    fields: { scale: plain, offset: plain },
    fixed: {},
  },
  {
    keras: 'Normalization',
    tfjs: 'Normalization',
    create: (args) => new Normalization(args),
    fields: { axis: axisOrNone, invert: plain, mean: moments, variance: moments },
    defaults: { invert: false, mean: null, variance: null },
    fixed: {},
  },
  {
    keras: 'Activation',
    tfjs: 'Activation',
    create: tf.layers.activation,
    fields: { activation },
    fixed: {},
  },
  {
    keras: 'ReLU',
    tfjs: 'ReLU',
    create: tf.layers.reLU,
    fields: { max_value: plain },
    fixed: { negative_slope: 0, threshold: 0 },
  },
  {
    keras: 'ReLU',
    tfjs: 'Rectifier',
    create: (args) => new Rectifier(args),
    fields: { max_value: plain, negative_slope: plain, threshold: plain },
    defaults: { max_value: null, negative_slope: 0, threshold: 0 },
    fixed: {},
  },
  {
    keras: 'LeakyReLU',
    tfjs: 'LeakyReLU',
    create: tf.layers.leakyReLU,
    fields: { negative_slope: plain },
    renamed: { negative_slope: 'alpha' },
    fixed: {},
  },
  { keras: 'Softmax', tfjs: 'Softmax', create: tf.layers.softmax, fields: { axis }, fixed: {} },
  { keras: 'Add', tfjs: 'Add', create: tf.layers.add, fields: {}, fixed: {} },
  { keras: 'Multiply', tfjs: 'Multiply', create: tf.layers.multiply, fields: {}, fixed: {} },
  {
    keras: 'Concatenate',
    tfjs: 'Concatenate',
    create: tf.layers.concatenate,
    fields: { axis },
    fixed: {},
  },
];

/** The ways in which layers of a class of Keras' are made here; the first one that suits is taken. */
export function kindsOfKeras(className: string): LayerKind[] {
  return KINDS.filter(({ keras }) => keras === className);
}

/** How a layer of tfjs is written for Keras; undefined when Keras has none like it, or it is not known here. */
export function kindOfTfjs(className: string): LayerKind | undefined {
  return KINDS.find(({ tfjs }) => tfjs === className);
}

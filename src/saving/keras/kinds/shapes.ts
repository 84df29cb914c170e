import '../../../models/layers/flatten';
import '../../../models/layers/reshape';
import '../../../models/layers/upSampling';
import { GetItem } from '../../../models/layers/getItem';
import { LayerScale } from '../../../models/layers/layerScale';
import { ScaledSum } from '../../../models/layers/scaledSum';
import { Stack } from '../../../models/layers/stack';
import { Subtract } from '../../../models/layers/subtract';
import { tf } from '../../../tensorflow/tf';
import { axis, interpolation, openShape, plain } from '../values/layerValues';
import { bare, image, type LayerKind, OPERATION } from './layerKind';

/** Layers that give tensors another shape, and those that join several. */
export const shapes: readonly LayerKind[] = [
  { keras: 'Flatten', tfjs: 'Flatten', create: tf.layers.flatten, fields: {}, fixed: image },
  {
    keras: 'Reshape',
    tfjs: 'Reshape',
    create: tf.layers.reshape,
    fields: { target_shape: openShape },
    fixed: {},
  },
  {
    keras: 'Permute',
    tfjs: 'Permute',
    create: tf.layers.permute,
    fields: { dims: plain },
    fixed: {},
  },
  {
    keras: 'RepeatVector',
    tfjs: 'RepeatVector',
    create: tf.layers.repeatVector,
    fields: { n: plain },
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
    keras: 'Cropping2D',
    tfjs: 'Cropping2D',
    create: tf.layers.cropping2D,
    fields: { cropping: plain },
    fixed: image,
  },
  {
    keras: 'UpSampling2D',
    tfjs: 'UpSampling2D',
    create: tf.layers.upSampling2d,
    fields: { size: plain, interpolation },
    fixed: image,
  },
  bare('Add', tf.layers.add),
  bare('Subtract', (args) => new Subtract(args)),
  bare('Multiply', tf.layers.multiply),
  bare('Average', tf.layers.average),
  bare('Maximum', tf.layers.maximum),
  bare('Minimum', tf.layers.minimum),
  {
    keras: 'Concatenate',
    tfjs: 'Concatenate',
    create: tf.layers.concatenate,
    fields: { axis },
    fixed: {},
  },
  {
    keras: 'GetItem',
    module: OPERATION,
    tfjs: 'GetItem',
    create: (args) => new GetItem(args),
    fields: { parts: plain },
    fixed: {},
  },
  {
    keras: 'Stack',
    module: OPERATION,
    tfjs: 'Stack',
    create: (args) => new Stack(args),
    fields: { axis: plain },
    fixed: {},
  },
  {
    keras: 'LayerScale',
    module: 'keras.src.applications.convnext',
    tfjs: 'LayerScale',
    create: (args) => new LayerScale(args),
    fields: { init_values: plain, projection_dim: plain },
    fixed: {},
  },
  {
    keras: 'CustomScaleLayer',
    module: 'keras.src.applications.inception_resnet_v2',
    tfjs: 'ScaledSum',
    create: (args) => new ScaledSum(args),
    fields: { scale: plain },
    fixed: {},
  },
];

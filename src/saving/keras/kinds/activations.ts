import '../../../models/layers/softmaxAxis';
import { ScaledElu } from '../../../models/layers/scaledElu';
import { Rectifier } from '../../../models/layers/rectifier';
import { tf } from '../../../tensorflow/tf';
import { activation, axis, plain } from '../values/layerValues';
import { type LayerKind, weight } from './layerKind';

/** Activations that are layers. */
export const activations: readonly LayerKind[] = [
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
  {
    keras: 'PReLU',
    tfjs: 'PReLU',
    create: tf.layers.prelu,
    fields: { ...weight('alpha'), shared_axes: plain },
    fixed: {},
  },
  { keras: 'ELU', tfjs: 'ELU', create: tf.layers.elu, fields: {}, fixed: { alpha: 1 } },
  {
    keras: 'ELU',
    tfjs: 'ScaledElu',
    create: (args) => new ScaledElu(args),
    fields: { alpha: plain },
    fixed: {},
  },
  { keras: 'Softmax', tfjs: 'Softmax', create: tf.layers.softmax, fields: { axis }, fixed: {} },
];

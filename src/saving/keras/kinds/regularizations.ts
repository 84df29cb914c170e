import { ActivityRegularization } from '../../../models/layers/activityRegularizer';
import { Identity } from '../../../models/layers/identity';
import { NoiseShapeDropout } from '../../../models/layers/noiseShapeDropout';
import { SpatialDropout2D } from '../../../models/layers/spatialDropout2D';
import { tf } from '../../../tensorflow/tf';
import { plain } from '../values/layerValues';
import { image, type LayerKind } from './layerKind';

/** Layers that do something in training alone. */
export const regularizations: readonly LayerKind[] = [
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
  {
    keras: 'SpatialDropout1D',
    tfjs: 'SpatialDropout1D',
    create: tf.layers.spatialDropout1d,
    fields: { rate: plain, seed: plain },
    fixed: {},
    isNeverTrained: true,
  },
  {
    keras: 'SpatialDropout2D',
    tfjs: 'SpatialDropout2D',
    create: (args) => new SpatialDropout2D(args),
    fields: { rate: plain, seed: plain },
    fixed: image,
    isNeverTrained: true,
  },
  {
    keras: 'GaussianNoise',
    tfjs: 'GaussianNoise',
    create: tf.layers.gaussianNoise,
    fields: { stddev: plain },
    fixed: {},
    kept: ['seed'],
  },
  {
    keras: 'GaussianDropout',
    tfjs: 'GaussianDropout',
    create: tf.layers.gaussianDropout,
    fields: { rate: plain },
    fixed: {},
    kept: ['seed'],
  },
  {
    keras: 'AlphaDropout',
    tfjs: 'AlphaDropout',
    create: tf.layers.alphaDropout,
    fields: { rate: plain },
    fixed: { noise_shape: null },
    kept: ['seed'],
  },
  {
    keras: 'ActivityRegularization',
    tfjs: 'ActivityRegularization',
    create: (args) => new ActivityRegularization(args),
    fields: { l1: plain, l2: plain },
    fixed: {},
  },
  {
    keras: 'Identity',
    tfjs: 'IdentityLayer',
    create: (args) => new Identity(args),
    fields: {},
    fixed: {},
  },
];

import { BatchNormalization } from '../../../models/layers/batchNormalization';
import { GroupNormalization } from '../../../models/layers/groupNormalization';
import '../../../models/layers/layerNormalization';
import { tf } from '../../../tensorflow/tf';
import { axes, axis, initializer, plain, regularizer } from '../values/layerValues';
import { type LayerKind, weight } from './layerKind';

/** Constraints of gamma and beta, which tfjs does not know here. */
const noConstraints = { beta_constraint: null, gamma_constraint: null };
const centerAndScale = { epsilon: plain, center: plain, scale: plain };

/** Normalizations that are trained. */
export const normalizations: readonly LayerKind[] = [
  {
    keras: 'BatchNormalization',
    tfjs: 'BatchNormalization',
    create: (args) => new BatchNormalization(args),
    fields: {
      axis,
      momentum: plain,
      ...centerAndScale,
      ...weight('beta'),
      ...weight('gamma'),
      moving_mean_initializer: initializer,
      moving_variance_initializer: initializer,
    },
    fixed: { synchronized: false, renorm: false },
  },
  {
    keras: 'LayerNormalization',
    tfjs: 'LayerNormalization',
    create: tf.layers.layerNormalization,
    fields: {
      axis: axes,
      ...centerAndScale,
      beta_initializer: initializer,
      beta_regularizer: regularizer,
      gamma_initializer: initializer,
      gamma_regularizer: regularizer,
    },
    fixed: { rms_scaling: false, ...noConstraints },
  },
  {
    keras: 'GroupNormalization',
    tfjs: 'GroupNormalization',
    create: (args) => new GroupNormalization(args),
    fields: { groups: plain, ...centerAndScale },
    fixed: {
      axis: -1,
      ...noConstraints,
      beta_regularizer: null,
      gamma_regularizer: null,
    },
    kept: ['beta_initializer', 'gamma_initializer'],
  },
];

import '../../../models/layers/batchNormalization';
import '../../../models/layers/groupNormalization';
import '../../../models/layers/layerNormalization';
import { axes, axis, initializer, plain, regularizer } from '../values/layerValues';
import { layerKind, plainFields, weight } from './layerKind';

/** Constraints of gamma and beta, which tfjs does not know here. */
const noConstraints = { beta_constraint: null, gamma_constraint: null };
const centerAndScale = plainFields('epsilon', 'center', 'scale');

/** Normalizations that are trained. */
export const normalizations = [
  layerKind(
    'BatchNormalization',
    {
      axis,
      momentum: plain,
      ...centerAndScale,
      ...weight('beta'),
      ...weight('gamma'),
      moving_mean_initializer: initializer,
      moving_variance_initializer: initializer,
    },
    { fixed: { synchronized: false, renorm: false } },
  ),
  layerKind(
    'LayerNormalization',
    {
      axis: axes,
      ...centerAndScale,
      beta_initializer: initializer,
      beta_regularizer: regularizer,
      gamma_initializer: initializer,
      gamma_regularizer: regularizer,
    },
    { fixed: { rms_scaling: false, ...noConstraints } },
  ),
  layerKind('GroupNormalization', plainFields('groups', 'epsilon', 'center', 'scale'), {
    fixed: { axis: -1, ...noConstraints, beta_regularizer: null, gamma_regularizer: null },
    kept: ['beta_initializer', 'gamma_initializer'],
  }),
];

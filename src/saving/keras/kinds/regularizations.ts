import '../../../models/layers/activityRegularizer';
import '../../../models/layers/identity';
import '../../../models/layers/noiseShapeDropout';
import '../../../models/layers/spatialDropout2D';
import { image, layerKind, plainFields } from './layerKind';

const seeded = plainFields('rate', 'seed');
const kept = ['seed'];

/** Layers that do something in training alone. */
export const regularizations = [
  layerKind('Dropout', seeded, { fixed: { noise_shape: null } }),
  layerKind('Dropout', plainFields('rate', 'seed', 'noise_shape'), { tfjs: 'NoiseShapeDropout' }),
  layerKind('SpatialDropout1D', seeded, { isNeverTrained: true }),
  layerKind('SpatialDropout2D', seeded, { fixed: image, isNeverTrained: true }),
  layerKind('GaussianNoise', plainFields('stddev'), { kept }),
  layerKind('GaussianDropout', plainFields('rate'), { kept }),
  layerKind('AlphaDropout', plainFields('rate'), { fixed: { noise_shape: null }, kept }),
  layerKind('ActivityRegularization', plainFields('l1', 'l2')),
  layerKind('Identity', {}, { tfjs: 'IdentityLayer' }),
];

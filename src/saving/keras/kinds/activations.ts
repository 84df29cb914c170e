import '../../../models/layers/rectifier';
import '../../../models/layers/scaledElu';
import '../../../models/layers/softmaxAxis';
import { activation, axis } from '../values/layerValues';
import { layerKind, plainFields, weight } from './layerKind';

/** Activations that are layers. */
export const activations = [
  layerKind('Activation', { activation }),
  layerKind('ReLU', plainFields('max_value'), { fixed: { negative_slope: 0, threshold: 0 } }),
  layerKind('ReLU', plainFields('max_value', 'negative_slope', 'threshold'), {
    tfjs: 'Rectifier',
    defaults: { max_value: null, negative_slope: 0, threshold: 0 },
  }),
  layerKind('LeakyReLU', plainFields('negative_slope'), { renamed: { negative_slope: 'alpha' } }),
  layerKind('PReLU', { ...weight('alpha'), ...plainFields('shared_axes') }),
  layerKind('ELU', {}, { fixed: { alpha: 1 } }),
  layerKind('ELU', plainFields('alpha'), { tfjs: 'ScaledElu' }),
  layerKind('Softmax', { axis }),
];

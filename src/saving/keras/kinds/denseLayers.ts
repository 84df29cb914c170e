import { plain } from '../values/layerValues';
import { layerKind, output, plainFields, weight } from './layerKind';

const fixed = { quantization_config: null };

/** Layers that multiply with a matrix or look up in one. */
export const denseLayers = [
  layerKind(
    'Dense',
    { units: plain, ...output, ...weight('kernel'), ...weight('bias') },
    { fixed },
  ),
  layerKind(
    'Embedding',
    { ...plainFields('input_dim', 'output_dim', 'mask_zero'), ...weight('embeddings') },
    { fixed, fixedOnce: { input_length: null, sparse: false } },
  ),
];

import { tf } from '../../../tensorflow/tf';
import { plain } from '../values/layerValues';
import { type LayerKind, output, weight } from './layerKind';

/** Layers that multiply with a matrix or look up in one. */
export const denseLayers: readonly LayerKind[] = [
  {
    keras: 'Dense',
    tfjs: 'Dense',
    create: tf.layers.dense,
    fields: { units: plain, ...output, ...weight('kernel'), ...weight('bias') },
    fixed: { quantization_config: null },
  },
  {
    keras: 'Embedding',
    tfjs: 'Embedding',
    create: tf.layers.embedding,
    fields: { input_dim: plain, output_dim: plain, mask_zero: plain, ...weight('embeddings') },
    fixed: { quantization_config: null },
    fixedOnce: { input_length: null, sparse: false },
  },
];

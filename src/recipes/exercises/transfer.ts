import type { Recipe } from '../recipe';

/**
 * Lesson 6 for any pictures: a pre-trained network looks at them, and one layer learns from what it finds. Split by group, and
 * measured on the test part.
 */
export const transfer: Recipe = {
  name: 'transfer',
  classes: { least: 2, most: 1000 },
  // As the backbone takes pictures. Labels go with the features.
  loading: { imageSize: [160, 160], batchSize: 32, labelMode: 'int' },
  rescale: { divisor: 127.5, mean: 1 },
  backbone: { name: 'mobilenet-v2', layer: 'block_13_expand_relu' },
  isSplit: true,
  async build({ seed, classes, features }) {
    const { buildHead } = await import('../../models/pretrained/buildHead');
    return buildHead({ features: features!, classes, seed });
  },
  epochs: 60,
  isKept: true,
};

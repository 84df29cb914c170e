import { compareWithOriginal } from '../compareWithOriginal';
import type { Recipe } from '../recipe';

/** The emotion exercise of lesson 2: two classes, split by group, for 20 epochs, and measured on the test part. */
export const emotion: Recipe = {
  name: 'emotion',
  classes: { least: 2, most: 2 },
  loading: { imageSize: [256, 256], batchSize: 32, labelMode: 'binary' },
  rescale: { scale: 1 / 255 }, // as Keras' Rescaling
  isSplit: true,
  async build({ seed, classes, colorMode }) {
    const { buildEmotion } = await import('../../models/buildEmotion');
    return buildEmotion({ seed, classes, colorMode });
  },
  epochs: 20,
  isKept: true,
  compare: (last) => [
    'The last epoch beside the figures that the document of the exercise gives for its own pictures, which are not published: yours need not equal them.',
    ...compareWithOriginal(last),
  ],
};

import type { Recipe } from '../recipe';

/** Small, so that a run takes a minute; a face that fills the picture still shows its expression. */
const SIDE = 96;

/** Any emotions, or other classes, from 2 to 1,000: split by group, trained for 20 epochs, and measured on the test part. */
export const emotions: Recipe = {
  name: 'emotions',
  classes: { least: 2, most: 1000 },
  loading: { imageSize: [SIDE, SIDE], batchSize: 32 },
  rescale: { scale: 1 / 255 }, // as Keras' Rescaling
  isSplit: true,
  async build({ seed, classes, colorMode }) {
    const { buildEmotion } = await import('../../models/buildEmotion');
    return buildEmotion({ seed, classes, colorMode, imageSize: [SIDE, SIDE] });
  },
  epochs: 20,
  isKept: true,
};

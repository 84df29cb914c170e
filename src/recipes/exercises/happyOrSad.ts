import type { Recipe } from '../recipe';

/**
 * The happy-or-sad exercise of lesson 1: two classes, all of whose pictures are trained with, until the accuracy is 99.9 % or
 * 15 epochs are over.
 */
export const happyOrSad: Recipe = {
  name: 'happy-or-sad',
  classes: { least: 2, most: 2 },
  loading: { imageSize: [150, 150], batchSize: 10, labelMode: 'binary' },
  rescale: { divisor: 255 }, // as the learner writes it in the lesson
  isSplit: false,
  async build({ seed, colorMode }) {
    const { buildHappyOrSad } = await import('../../models/buildHappyOrSad');
    return buildHappyOrSad({ seed, colorMode });
  },
  epochs: 15,
  stopAt: 0.999,
  isKept: false,
};

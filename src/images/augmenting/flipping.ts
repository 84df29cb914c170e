import { wordProblem } from '../../errors/checkWord';
import { tf } from '../../tensorflow/tf';
import { affineTransform } from './affineTransform';
import type { Augmenting } from './augmenting';

export interface FlipSettings {
  /** Left and right, up and down, or both at once; both when left out. */
  mode?: (typeof MODES)[number];
}

const MODES = ['horizontal', 'vertical', 'horizontalAndVertical'] as const;

/** Mirrors every second picture on average. */
export const flipping: Augmenting<FlipSettings, { flips: tf.Tensor }> = {
  problem: ({ mode = 'horizontalAndVertical' }) => wordProblem('mode', mode, MODES),

  /** flips: [n, 1, 1, 1], of booleans. */
  draw: (_, [n], random) => ({ flips: random('Uniform', [n, 1, 1, 1]).lessEqual(0.5) }),

  /** By the op that turns pictures, which takes every pixel from exactly one place here: it is the faster way. */
  change(pictures, { flips }, { mode = 'horizontalAndVertical' }) {
    const [n, height, width] = pictures.shape;
    return tf.tidy(() => {
      const flipped = flips.reshape([n, 1]).cast('float32');
      const zeros = tf.zerosLike(flipped);
      const across = mode === 'vertical' ? zeros : flipped;
      const over = mode === 'horizontal' ? zeros : flipped;
      const [x, y] = [across.mul(width - 1), over.mul(height - 1)];
      const numbers = [across.mul(-2).add(1), zeros, x, zeros, over.mul(-2).add(1), y];
      return affineTransform(pictures, numbers, { fillMode: 'nearest' });
    });
  },
};

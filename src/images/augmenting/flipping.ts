import { wordProblem } from '../../errors/checkWord';
import { tf } from '../../tensorflow/tf';
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

  change(pictures, { flips }, { mode = 'horizontalAndVertical' }) {
    const axes = { horizontal: [2], vertical: [1], horizontalAndVertical: [1, 2] }[mode];
    return tf.tidy(() => tf.where(flips, tf.reverse(pictures, axes), pictures));
  },
};

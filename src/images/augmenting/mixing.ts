import { show } from '../../errors/show';
import { tf } from '../../tensorflow/tf';
import type { BatchShape, Random } from './augmenting';

export interface MixSettings {
  /** Both parameters of the Beta distribution that shares are drawn from: the smaller, the less is mixed; 0.2 when left out. */
  alpha?: number;
}

interface Mixture {
  /** [n], int32: the index of the picture that each one is mixed with. */
  partners: tf.Tensor1D;
  /** [n], in [0, 1]: how much of each picture is its own. */
  shares: tf.Tensor1D;
}

/**
 * Lays a second picture of the batch over each one, and makes the labels as much of both.
 *
 * Source: https://arxiv.org/abs/1710.09412, equation in section 2; drawn for each picture, as Keras' MixUp does
 */
export const mixing = {
  problem: ({ alpha = 0.2 }: MixSettings): string | undefined =>
    alpha > 0 ? undefined : `alpha must be above 0, got ${show(alpha)}`,

  draw({ alpha = 0.2 }: MixSettings, [n]: BatchShape | [number], random: Random): Mixture {
    const [own, other] = [random({ gamma: alpha }, [n]), random({ gamma: alpha }, [n])];
    return {
      partners: tf.topk(random('Uniform', [n]), n).indices as tf.Tensor1D,
      // Two Gamma draws make a Beta draw: https://en.wikipedia.org/wiki/Beta_distribution#Random_variate_generation
      shares: own.div(own.add(other)) as tf.Tensor1D,
    };
  },

  /**
   * @param values pictures, or labels one-hot or of 0 and 1; float32, their first axis that of the batch
   * @returns of the same shape; the caller disposes it
   */
  change: <T extends tf.Tensor>(values: T, { partners, shares }: Mixture): T =>
    tf.tidy(() => {
      const each = shares.reshape([-1, ...values.shape.slice(1).fill(1)]);
      return values.mul(each).add(tf.gather(values, partners).mul(tf.sub(1, each))) as T;
    }),
};

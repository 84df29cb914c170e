import { show } from '../../errors/show';
import { tf } from '../../tensorflow/tf';
import { affineTransform } from './affineTransform';
import { type Augmenting, drawBetween, type Random } from './augmenting';
import { bothWays, type Factor, factorProblem } from './factor';
import { type Filling, fillingProblem } from './filling';

export interface ZoomSettings extends Filling {
  /** How much smaller a picture is drawn at most, as a share of its size; negative numbers enlarge it. */
  heightFactor: Factor;
  /** The same for the width; as the height, so that nothing is stretched, when left out. */
  widthFactor?: Factor | null;
}

/** Draws each picture larger or smaller about its middle. */
export const zooming: Augmenting<ZoomSettings, { heights: tf.Tensor; widths: tf.Tensor }> = {
  problem: ({ heightFactor, widthFactor, ...filling }) =>
    zoomProblem('heightFactor', heightFactor) ??
    (widthFactor == null ? undefined : zoomProblem('widthFactor', widthFactor)) ??
    fillingProblem(filling),

  /** heights, widths: [n, 1]; of 2 a picture is half as large. */
  draw({ heightFactor, widthFactor }, [n], random) {
    const heights = drawZooms(random, n, heightFactor);
    return { heights, widths: widthFactor == null ? heights : drawZooms(random, n, widthFactor) };
  },

  change(pictures, { heights, widths }, settings) {
    const [, height, width] = pictures.shape;
    return tf.tidy(() => {
      const zeros = tf.zerosLike(heights);
      const right = tf.sub(1, widths).mul((width - 1) / 2);
      const down = tf.sub(1, heights).mul((height - 1) / 2);
      const numbers = [widths, zeros, right, zeros, heights, down];
      return affineTransform(pictures, numbers, settings);
    });
  },
};

function drawZooms(random: Random, pictures: number, factor: Factor): tf.Tensor {
  return drawBetween(random, [pictures, 1], bothWays(factor)).add(1);
}

/** @returns undefined where nothing is wrong; at -1 there would be one pixel, enlarged without an end */
function zoomProblem(name: string, factor: Factor): string | undefined {
  const problem = factorProblem(name, factor, [-1, 1], "as a share of the picture's size");
  if (problem !== undefined || bothWays(factor)[0] > -1) return problem;
  return `${name} must be above -1, got ${show(factor)}`;
}

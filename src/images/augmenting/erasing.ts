import { show } from '../../errors/show';
import { tf } from '../../tensorflow/tf';
import { type Augmenting, drawBetween, type Random } from './augmenting';
import { type Factor, factorProblem, fromZero } from './factor';
import { type ValueRange, valueRangeProblem } from './valueRange';

export interface ErasingSettings {
  /**
   * How likely a picture loses a rectangle: drawn for each between two numbers, or between 0 and one, as in Keras; 1 when left
   * out, so that half of the pictures lose one, and [1, 1] for all.
   */
  factor?: Factor;
  /** The root of what is drawn is the rectangle's height, and of another draw its width, as shares of the picture's. */
  scale?: Factor;
  /** What stands in it: a number, one for each of three channels, or, when left out, noise. */
  fillValue?: number | readonly number[] | null;
  valueRange?: ValueRange;
}

interface Erasing {
  /** Left, right, top and bottom, [n, 1, 1, 1] each, in pixels. */
  edges: tf.Tensor[];
  /** [n, 1, 1, 1], of booleans. */
  isErased: tf.Tensor;
  /** [n, height, width, channels], or one that spreads over it. */
  filling: tf.Tensor;
}

const DEFAULTS = { factor: 1, scale: [0.02, 0.33], valueRange: [0, 255] } as const;

/** Puts a rectangle over each picture, or over some of them. */
export const erasing: Augmenting<ErasingSettings, Erasing> = {
  problem(settings) {
    const { factor, scale, valueRange, fillValue } = { ...DEFAULTS, ...settings };
    return (
      factorProblem('factor', factor, [0, 1], 'a probability') ??
      factorProblem('scale', scale, [0, 1], "as a share of the picture's area") ??
      valueRangeProblem(valueRange) ??
      fillProblem(fillValue) ??
      // Nothing would be left to learn from.
      (fromZero(factor)[0] === 1 && fromZero(scale)[0] === 1
        ? 'factor or scale must leave something of the pictures, got [ 1, 1 ] for both'
        : undefined)
    );
  },

  draw(settings, shape, random) {
    const { factor, scale, fillValue, valueRange } = { ...DEFAULTS, ...settings };
    const [n, height, width] = shape;
    const each = [n, 1, 1, 1];
    const sides = () => tf.sqrt(drawBetween(random, each, fromZero(scale)));
    return {
      edges: [...drawEdges(random, sides(), width), ...drawEdges(random, sides(), height)],
      isErased: random('Uniform', each).less(drawBetween(random, each, fromZero(factor))),
      filling: (fillValue == null
        ? random('Normal', shape).mul(valueRange[1])
        : tf.tensor([fillValue].flat())
      ).clipByValue(...valueRange),
    };
  },

  change: (pictures, { edges, isErased, filling }) =>
    tf.tidy(() => {
      const [, height, width] = pictures.shape;
      const [left, right, top, bottom] = edges as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      const x = tf.range(0, width).reshape([1, 1, width, 1]);
      const y = tf.range(0, height).reshape([1, height, 1, 1]);
      const isInside = x
        .greaterEqual(left)
        .logicalAnd(x.less(right))
        .logicalAnd(y.greaterEqual(top).logicalAnd(y.less(bottom)));
      return tf.where(isInside.logicalAnd(isErased), filling, pictures) as tf.Tensor4D;
    }),
};

/** Where a stretch of a line begins and ends. */
function drawEdges(random: Random, shares: tf.Tensor, length: number): [tf.Tensor, tf.Tensor] {
  const stretch = shares.mul(length);
  const begin = random('Uniform', shares.shape).mul(tf.sub(length, stretch));
  return [begin, begin.add(stretch)];
}

function fillProblem(value: ErasingSettings['fillValue']): string | undefined {
  const numbers = value == null ? [] : [value].flat();
  const isRight = numbers.every(Number.isFinite) && [0, 1, 3].includes(numbers.length);
  if (isRight) return undefined;
  return `fillValue must be a number, or three, got ${show(value)}`;
}

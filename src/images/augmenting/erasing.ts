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
  /** What stands in it: a number, one for each of three channels, or, when left out, noise, drawn once for all of a batch. */
  fillValue?: number | readonly number[] | null;
  valueRange?: ValueRange;
}

interface Erasing {
  /** Left, right, top and bottom, [n, 1, 1, 1] each, in pixels. */
  edges: tf.Tensor[];
  /** [n, 1, 1, 1], of booleans. */
  isErased: tf.Tensor;
  /** [1, height, width, channels], or a number, or one a channel. */
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
    const [n, height, width, channels] = shape;
    const each = [n, 1, 1, 1];
    const sides = () => tf.sqrt(drawBetween(random, each, fromZero(scale)));
    return {
      edges: [...drawEdges(random, sides(), width), ...drawEdges(random, sides(), height)],
      isErased: random('Uniform', each).less(drawBetween(random, each, fromZero(factor))),
      filling: (fillValue == null
        ? random('Normal', [1, height, width, channels]).mul(valueRange[1])
        : tf.tensor([fillValue].flat())
      ).clipByValue(...valueRange),
    };
  },

  /** In whole lines, all channels of a pixel one after the other: TensorFlow spreads them faster than pixels. */
  change: (pictures, { edges, isErased, filling }) =>
    tf.tidy(() => {
      const [n, height, width, channels] = pictures.shape;
      const ofEach = [...edges, isErased].map((each) => each.reshape([n, 1, 1]));
      const [left, right, top, bottom, erased] = ofEach as [
        ...[tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor],
      ];
      const columns = Array.from({ length: width * channels }, (_, i) => Math.floor(i / channels));
      const x = tf.tensor(columns, [1, 1, width * channels], 'float32');
      const y = tf.range(0, height).reshape([1, height, 1]);
      const isColumn = x.greaterEqual(left).logicalAnd(x.less(right)).logicalAnd(erased);
      const isInside = isColumn.logicalAnd(y.greaterEqual(top).logicalAnd(y.less(bottom)));
      const lines =
        filling.rank === 4 ? filling : tf.tile(filling, [(width * channels) / filling.size]);
      return tf
        .where(
          isInside,
          lines.reshape([1, -1, width * channels]),
          pictures.reshape([n, height, width * channels]),
        )
        .reshape(pictures.shape) as tf.Tensor4D;
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

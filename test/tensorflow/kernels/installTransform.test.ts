import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { attribute, nativeLibrary } from '../../../src/tensorflow/native/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';
import { nativeOps } from '../../support/nativeOps';

const FILLS = ['constant', 'nearest', 'reflect', 'wrap'] as const;
const INTERPOLATIONS = ['nearest', 'bilinear'] as const;
const TENSORFLOWS = 'ImageProjectiveTransformV3';

/** What TensorFlow's own op gives. */
function byTensorFlow(
  pictures: tf.Tensor4D,
  matrices: tf.Tensor2D,
  fillMode: string,
  interpolation: string,
): tf.Tensor {
  const attributes = [
    attribute.float('dtype'),
    attribute.string('interpolation', interpolation.toUpperCase()),
    attribute.string('fill_mode', fillMode.toUpperCase()),
  ];
  const size = tf.tensor1d(pictures.shape.slice(1, 3), 'int32');
  const inputs = [pictures, matrices, size, tf.scalar(9.5)];
  return nativeLibrary().executeSingleOutput(TENSORFLOWS, attributes, inputs);
}

/** Some leave the picture a little, some far, some as if it were seen at a slant. */
function matricesOf(pictures: number, reach: number, slant: number): tf.Tensor2D {
  const draw = (columns: number, spread: number, seed: number) =>
    tf.randomNormal([pictures, columns], 0, spread, 'float32', seed);
  const ones = tf.ones([pictures, 1]);
  return tf.concat(
    [
      ...[draw(1, reach, 1).add(ones), draw(1, reach, 2), draw(1, 10 * reach, 3)],
      ...[draw(1, reach, 4), draw(1, reach, 5).add(ones), draw(1, 10 * reach, 6)],
      draw(2, slant, 7),
    ],
    1,
  ) as tf.Tensor2D;
}

const SHAPES: Array<[number, number, number, number]> = [
  ...[[4, 7, 10, 3] as const, [2, 1, 1, 1] as const, [3, 40, 33, 4] as const],
  ...[[2, 1, 9, 2] as const, [2, 30, 30, 1] as const],
].map((shape) => [...shape]);

describe.each(FILLS)('tf.image.transform with fill mode %s', (fillMode) => {
  test.each(INTERPOLATIONS)('and interpolation %s gives what TensorFlow gives', (interpolation) => {
    for (const shape of SHAPES) {
      for (const [reach, slant] of [
        [0.05, 0],
        [0.3, 0],
        [5, 0],
        [0.3, 0.02],
      ] as const) {
        // prettier-ignore
        const apart = tf.tidy(() => {
          const pictures = tf.randomUniform<tf.Rank.R4>(shape, 0, 255, 'float32', 1);
          const matrices = matricesOf(shape[0], reach, slant);
          const ours = tf.image.transform(pictures, matrices, interpolation, fillMode, 9.5);
          const theirs = byTensorFlow(pictures, matrices, fillMode, interpolation);
          expect(ours.shape).toEqual(theirs.shape);
          return ours.sub(theirs).abs().max().dataSync()[0]!;
        });
        expect(apart).toBeLessThan(1e-3); // of 255
      }
    }
  });

  test('reads nothing outside a picture where a place is no number', () => {
    const pixels = tf.tidy(() => {
      const matrices = tf.fill([2, 8], NaN) as tf.Tensor2D;
      return tf.image
        .transform(tf.ones([2, 5, 5, 3]), matrices, 'bilinear', fillMode, 9)
        .dataSync();
    });
    expect(pixels.every((value) => value === 1 || value === 9 || Number.isNaN(value))).toBe(true);
  });
});

test('several threads give what one gives', () => {
  const script = `
    const { tf } = require(${JSON.stringify(path.resolve('dist'))});
    const pictures = tf.randomUniform([5, 200, 200, 3], 0, 1, 'float32', 1);
    const matrix = tf.tensor2d([[0.9, -0.2, 10, 0.2, 0.9, -10, 0, 0]]);
    const turned = tf.image.transform(pictures, matrix.tile([5, 1]), 'bilinear', 'reflect');
    const alone = tf.concat(pictures.split(5).map((one) => tf.image.transform(one, matrix, 'bilinear', 'reflect')));
    console.log(turned.sub(alone).abs().max().dataSync()[0], turned.mean().dataSync()[0] > 0.4);`;
  // Of 120,000 numbers one thread makes a picture, three make the five.
  const env = { ...process.env, TF_NUM_INTRAOP_THREADS: '3' };
  const said = execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
  expect(said.trim()).toBe('0 true');
});

test('on a CPU it is our own op that runs, and TensorFlow’s where the pictures get another size', () => {
  const pictures = tf.ones<tf.Rank.R4>([1, 4, 4, 3]);
  const matrix = tf.tensor2d([[1, 0, 0, 0, 1, 0, 0, 0]]);
  const before = tf.memory().numTensors;
  const opsOf = (size?: [number, number]) =>
    nativeOps(() => {
      tf.image.transform(pictures, matrix, 'bilinear', 'nearest', 0, size).dispose();
    }).filter((op) => /Transform/.test(op));
  opsOf(); // asks once whether there is one
  expect(opsOf()).toEqual(['SmileLabTransform']);
  expect(opsOf([4, 4])).toEqual(['SmileLabTransform']);
  expect(opsOf([2, 6])).toEqual([TENSORFLOWS]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([pictures, matrix]);
});

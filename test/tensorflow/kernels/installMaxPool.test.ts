import { tf } from '../../../src/tensorflow/native/tfjs';
import { nativeOps, nativeTensors } from '../../support/nativeOps';
import { expectTensorsClose, onStockKernels } from '../../support/stockKernels';

interface Case {
  shape: [number, number, number, number];
  filter: number | [number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
}

const FORWARD = '_MklNativeMaxPool';
const BACKWARD = '_MklNativeMaxPoolGrad';

/** Values on a coarse grid, so that the maximum of most windows occurs more than once. */
function input(shape: number[], seed: number): tf.Tensor4D {
  return tf.randomUniform(shape, -2, 3, 'float32', seed).floor() as tf.Tensor4D;
}

const pool = (x: tf.Tensor4D, { filter, strides, pad }: Case) =>
  tf.maxPool(x, filter, strides, pad);
const poolGradient = (x: tf.Tensor4D, dy: tf.Tensor, c: Case) =>
  tf.grad((t: tf.Tensor) => pool(t as tf.Tensor4D, c))(x, dy);

const grid: Case[] = (['same', 'valid', 0] as const).flatMap((pad) =>
  ([1, 2, 3, [2, 3], 5] as const).flatMap((filter) =>
    ([1, 2, 3, [2, 1]] as const).flatMap((strides) =>
      (
        [
          [1, 5, 5, 1],
          [2, 7, 6, 3],
          [3, 12, 9, 16],
          [1, 16, 16, 33],
        ] as const
      ).map((shape) => ({ shape, filter, strides, pad }) as unknown as Case),
    ),
  ),
);

test(`max-pooling and its gradient equal those of tfjs bit for bit in ${grid.length} cases`, () => {
  grid.forEach((c, seed) => {
    tf.tidy(() => {
      const x = input(c.shape, seed);
      let y!: tf.Tensor;
      let dx!: tf.Tensor;
      expect(nativeOps(() => (y = pool(x, c)))).toContain(FORWARD);
      const dy = tf.randomNormal(y.shape, 0, 1, 'float32', seed + 1);
      expect(nativeOps(() => (dx = poolGradient(x, dy, c)))).toContain(BACKWARD);
      const [stockY, stockDx] = onStockKernels(() => [pool(x, c), poolGradient(x, dy, c)]);
      expectTensorsClose(y, stockY!, 0);
      // Where windows overlap, several gradients are added up, in another order.
      expectTensorsClose(dx, stockDx!, 1e-6);
    });
  });
});

test('the gradient goes to the first of equal maxima', () => {
  const x = tf.tensor4d([7, 7, 7, 7, 1, 5, 5, 1], [2, 2, 2, 1]);
  const dx = poolGradient(x, tf.tensor4d([1, 2], [2, 1, 1, 1]), {
    shape: x.shape,
    filter: 2,
    strides: 2,
    pad: 'valid',
  });
  expect(Array.from(dx.dataSync())).toEqual([1, 0, 0, 0, 0, 2, 0, 0]);
});

test.each([15, 16, 17, 40])('max-pooling over %i × %i pixels equals that of tfjs', (filter) => {
  const c: Case = { shape: [2, 40, 40, 3], filter, strides: filter, pad: 'valid' };
  const x = input(c.shape, filter);
  const dy = tf.randomNormal(pool(x, c).shape);
  expectTensorsClose(
    pool(x, c),
    onStockKernels(() => pool(x, c)),
    0,
  );
  expectTensorsClose(
    poolGradient(x, dy, c),
    onStockKernels(() => poolGradient(x, dy, c)),
    1e-6,
  );
});

test('max-pooling of a single picture, without a batch, equals that of tfjs', () => {
  const x = tf.randomNormal([6, 6, 2]) as tf.Tensor3D;
  const dx = () => tf.grad((t: tf.Tensor) => tf.maxPool(t as tf.Tensor3D, 2, 2, 'same'))(x);
  expectTensorsClose(dx(), onStockKernels(dx), 0);
  expect(nativeOps(dx)).toContain(BACKWARD);
});

test('max-pooling treats NaN and infinities as tfjs', () => {
  const x = tf.tensor4d([NaN, 1, 2, 3, -Infinity, -Infinity, Infinity, 0], [2, 2, 2, 1]);
  const y = () => Array.from(tf.maxPool(x, 2, 2, 'valid').dataSync());
  expect(y()).toEqual(onStockKernels(y));
});

test.each<Case['pad']>([
  1,
  2,
  [
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 0],
  ],
])('padding %j is refused as by tfjs', (pad) => {
  const c: Case = { shape: [1, 5, 5, 1], filter: 3, strides: 1, pad };
  const x = input(c.shape, 1);
  expect(() => pool(x, c)).toThrow("TF Backend supports only 'valid' and 'same' padding");
  expect(nativeOps(() => expect(() => pool(x, c)).toThrow())).not.toContain(FORWARD);
});

test('an empty batch and a window larger than the picture are left to tfjs', () => {
  const outcome = (x: tf.Tensor4D) => {
    try {
      return tf.maxPool(x, 3, 1, 'valid').shape;
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const x of [tf.zeros([0, 4, 4, 1]), tf.zeros([1, 2, 2, 1])] as tf.Tensor4D[]) {
    expect(nativeOps(() => void outcome(x))).not.toContain(FORWARD);
    expect(outcome(x)).toEqual(onStockKernels(() => outcome(x)));
  }
});

test('max-pooling of whole numbers is left to tfjs', () => {
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1], 'int32');
  let y!: tf.Tensor;
  expect(nativeOps(() => (y = tf.maxPool(x, 2, 2, 'valid')))).not.toContain(FORWARD);
  expect([y.dtype, Array.from(y.dataSync())]).toEqual(['int32', [4]]);
});

test('the gradient of the gradient is refused as by tfjs, never taken for 0', () => {
  const x = input([1, 4, 4, 1], 1);
  const c: Case = { shape: [1, 4, 4, 1], filter: 2, strides: 2, pad: 'valid' };
  const second = () =>
    tf.grad((t: tf.Tensor) => poolGradient(t as tf.Tensor4D, tf.ones([1, 2, 2, 1]), c).mul(t))(x);
  let message = '';
  onStockKernels(() => {
    try {
      second();
    } catch (error) {
      message = (error as Error).message;
    }
  });
  expect(message).toContain('MaxPoolGrad');
  expect(second).toThrow(message);
});

test('max-pooling keeps no tensor', () => {
  const c: Case = { shape: [2, 8, 8, 3], filter: 2, strides: 2, pad: 'same' };
  const x = input(c.shape, 1);
  const dy = tf.ones([2, 4, 4, 3]);
  const run = () => tf.dispose([pool(x, c), poolGradient(x, dy, c)]);
  run();
  const before = [tf.memory().numTensors, nativeTensors()];
  run();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

import { replaceGradient, replaceKernel } from '../../../src/tensorflow/kernels/replaceKernel';
import { tf } from '../../../src/tensorflow/tf';

test('replaceKernel() puts a kernel in the place of the stock one, and can hand over to it', () => {
  replaceKernel('Cos', (args, stock) =>
    (args.inputs as { x: tf.TensorInfo }).x.shape.length === 0
      ? (tf.scalar(7) as tf.TensorInfo)
      : stock(args),
  );
  expect(tf.cos(0).dataSync()[0]).toBe(7);
  expect(tf.cos([0]).dataSync()[0]).toBe(1);
});

test('replaceGradient() puts a gradient in the place of the stock one, and can hand over to it', () => {
  replaceGradient('Square', (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) =>
      (dy as tf.Tensor).rank === 0
        ? { x: () => (dy as tf.Tensor).mul(100) }
        : stock.gradFunc(dy, saved, attributes),
  }));
  const slope = tf.grad((x: tf.Tensor) => x.square());
  expect(slope(tf.scalar(3)).dataSync()[0]).toBe(100);
  expect(slope(tf.tensor1d([3])).dataSync()[0]).toBe(6);
});

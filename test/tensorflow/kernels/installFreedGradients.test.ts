import { tf } from '../../../src/tensorflow/tf';

/** How many tensors there are when the last operation of a backward pass, that of the first layer, is walked. */
function tensorsAtTheEnd(layers: number): number {
  let atEnd = 0;
  const first = tf.customGrad((x) => ({
    value: (x as tf.Tensor).mul(2),
    gradFunc: (dy) => {
      atEnd = tf.memory().numTensors;
      return dy.mul(2);
    },
  }));
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    const f = (x: tf.Tensor) => {
      let y = first(x);
      for (let layer = 0; layer < layers; layer++) y = y.relu();
      return y.sum();
    };
    tf.grad(f)(tf.ones([3]));
  });
  return atEnd - before;
}

test('a backward pass gives back the gradients and what was saved of layers that it has left', () => {
  expect(tensorsAtTheEnd(20)).toBe(tensorsAtTheEnd(10));
});

test('gradients are those of hand, where a value goes several ways and one is handed on as it is', async () => {
  // y = sum(a² · b + a), so dy/da = 2ab + 1 and dy/db = a²
  const same = tf.customGrad((x) => ({
    value: (x as tf.Tensor).clone(),
    gradFunc: (dy) => dy,
  }));
  const both = tf.customGrad((a, b) => ({
    value: (a as tf.Tensor).add(b as tf.Tensor),
    // The same tensor for both inputs.
    gradFunc: (dy) => [dy, dy],
  }));
  const before = tf.memory().numTensors;
  const [a, b] = [tf.tensor1d([2, 3]), tf.tensor1d([5, -1])];
  const [da, db] = tf.grads((x, y) => same(both(x.square().mul(y), same(x))).sum())([a, b]);
  expect(Array.from(await da!.data())).toEqual([21, -5]);
  expect(Array.from(await db!.data())).toEqual([4, 9]);
  expect(Array.from(await a.data())).toEqual([2, 3]);
  tf.dispose([a, b, da!, db!]);
  expect(tf.memory().numTensors).toBe(before);
});

test('the gradient that a pass begins with stays its giver’s', async () => {
  const [x, dy] = [tf.tensor1d([1, -1]), tf.tensor1d([10, 100])];
  const gradient = tf.grad((v) => v.relu())(x, dy);
  expect(Array.from(await gradient.data())).toEqual([10, 0]);
  expect(Array.from(await dy.data())).toEqual([10, 100]);
  tf.dispose([x, dy, gradient]);
});

test('gradients of gradients are as before', async () => {
  // (x³)'' = 6x
  const second = tf.grad((x) => tf.grad((v) => v.pow(3))(x));
  const [x] = [tf.tensor1d([2, -1])];
  const result = second(x);
  const values = Array.from(await result.data(), (value) => Math.round(value * 1e5) / 1e5);
  expect(values).toEqual([12, -6]);
  tf.dispose([x, result]);
});

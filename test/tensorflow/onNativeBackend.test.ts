import { onNativeBackend } from '../../src/tensorflow/onNativeBackend';
import { tf } from '../../src/tensorflow/tf';

// tfjs's own backend in JavaScript advises to take the native one.
beforeAll(() => jest.spyOn(console, 'warn').mockImplementation());

afterEach(() => tf.setBackend('tensorflow'));

test('onNativeBackend() computes on the native library while tfjs computes elsewhere', async () => {
  await tf.setBackend('cpu');
  const before = tf.memory().numTensors;
  const [place, square] = onNativeBackend(() => [tf.getBackend(), tf.tensor1d([2, 3]).square()]);
  expect([place, tf.getBackend()]).toEqual(['tensorflow', 'cpu']);
  const moved = (square as tf.Tensor).add(1);
  expect(Array.from(await moved.data())).toEqual([5, 10]);
  tf.dispose([square as tf.Tensor, moved]);
  expect(tf.memory().numTensors).toBe(before + 1); // the tensor that was squared is the caller's
});

test('onNativeBackend() goes back also after an error', async () => {
  await tf.setBackend('cpu');
  const fail = () => {
    throw new Error('no picture');
  };
  expect(() => onNativeBackend(fail)).toThrow('no picture');
  expect(tf.getBackend()).toBe('cpu');
});

test('onNativeBackend() stays where it is on the native library', () => {
  expect(onNativeBackend(() => tf.getBackend())).toBe('tensorflow');
  expect(tf.getBackend()).toBe('tensorflow');
});

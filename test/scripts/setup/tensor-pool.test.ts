import { tf } from '../../../src/tensorflow/tf';

const { giveBack } = jest.requireActual<{ giveBack(): void }>(
  '@tensorflow/tfjs-node-gpu/lib/napi-v8/tensor_pool.node',
);
const MB = 1e6;
const rss = () => process.memoryUsage.rss();

test('what lies free in TensorFlow’s memory goes back to the system, and tensors that live keep their values', async () => {
  tf.dispose(tf.fill([1], 0).add(1)); // Loads what the first operation needs
  const atFirst = rss();
  const kept: tf.Tensor[] = [];
  // Living ones between those that go, so that free blocks of several sizes lie beside them.
  for (const megabytes of [40, 3, 90, 1, 60]) {
    const large = tf.fill([megabytes * 250_000], megabytes);
    kept.push(tf.fill([500_000], megabytes));
    // Touched by an operation on the CPU.
    tf.dispose([large, large.add(1)]);
  }
  giveBack();
  // 10 MB live, and without this 200 MB more where oneDNN is on; elsewhere TensorFlow keeps none free.
  expect(rss() - atFirst).toBeLessThan(150 * MB);
  for (const [i, megabytes] of [40, 3, 90, 1, 60].entries()) {
    expect(new Set(await kept[i]!.data())).toEqual(new Set([megabytes]));
  }
  // What was given back is taken again where it is needed.
  const again = tf.fill([90 * 250_000], 7);
  expect((await again.min().data())[0]).toBe(7);
  tf.dispose([again, ...kept]);
});

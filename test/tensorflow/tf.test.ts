import { tf } from '../../src/tensorflow/tf';

test('tf runs on the native library', () => {
  expect(tf.getBackend()).toBe('tensorflow');
  expect(Array.from(tf.tensor1d([1, 2]).square().dataSync())).toEqual([1, 4]);
});

test('tf trains', async () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 1, inputShape: [2], activation: 'sigmoid' }));
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const h = await model.fit(tf.randomUniform([8, 2]), tf.ones([8, 1]), { epochs: 2, verbose: 0 });
  expect(h.history['acc']).toHaveLength(2);
});

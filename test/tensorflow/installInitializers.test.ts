import { tf } from '../../src/tensorflow/tf';

/** The standard deviation, for 1,000 inputs and 1,000 outputs, by the documentation of Keras and of tfjs. */
const WANTED = {
  heNormal: Math.sqrt(2 / 1000),
  glorotNormal: Math.sqrt(2 / 2000),
  leCunNormal: Math.sqrt(1 / 1000),
  // Of a uniform distribution the deviation is its limit / √3.
  heUniform: Math.sqrt(6 / 1000 / 3),
  glorotUniform: Math.sqrt(6 / 2000 / 3),
} as const;

test.each(Object.entries(WANTED))(
  '%s draws weights of the standard deviation %f',
  (name, wanted) => {
    const initializer = tf.initializers[name as keyof typeof WANTED]({ seed: 1 });
    const before = tf.memory().numTensors;
    const deviation = tf.tidy(() => {
      const drawn = initializer.apply([1000, 1000]) as tf.Tensor;
      return tf.moments(drawn).variance.sqrt().dataSync()[0]!;
    });
    // Of a million numbers the deviation is known to about 0.1 %.
    expect(Math.abs(deviation / wanted - 1)).toBeLessThan(0.005);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('what is drawn stays within two deviations of the normal distribution before it was cut', () => {
  const drawn = tf.initializers.heNormal({ seed: 1 }).apply([1000, 100]) as tf.Tensor;
  const most = drawn.abs().max().dataSync()[0]!;
  const limit = (2 * WANTED.heNormal) / 0.8796;
  expect(most).toBeLessThan(limit * 1.0001);
  expect(most).toBeGreaterThan(limit * 0.99);
});

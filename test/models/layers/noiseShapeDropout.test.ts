import { NoiseShapeDropout } from '../../../src/models/layers/noiseShapeDropout';
import { tf } from '../../../src/tensorflow/tf';
import { roundTrip } from './roundTrip';

const args = { rate: 0.25, noiseShape: [null, 1], seed: 3 };

test('NoiseShapeDropout drops whole rows while training, and makes up for them', () => {
  tf.tidy(() => {
    const x = tf.ones([400, 3]);
    const layer = new NoiseShapeDropout(args);
    const rows = (layer.apply(x, { training: true }) as tf.Tensor2D).arraySync();
    const kept = rows.filter(([first]) => first !== 0);
    for (const row of kept) expect(row).toEqual(Array(3).fill(expect.closeTo(4 / 3, 6)));
    for (const row of rows) expect(new Set(row).size).toBe(1);
    // The seed's own draw; 300 are expected.
    expect(kept.length).toBeGreaterThan(260);
    expect(kept.length).toBeLessThan(340);
  });
});

test('NoiseShapeDropout leaves everything as it is when it predicts', () => {
  tf.tidy(() => {
    const x = tf.ones([4, 3]);
    const output = new NoiseShapeDropout(args).apply(x) as tf.Tensor;
    expect(output.arraySync()).toEqual(x.arraySync());
  });
});

test('NoiseShapeDropout passes the gradient to what it has kept', () => {
  tf.tidy(() => {
    const layer = new NoiseShapeDropout(args);
    const x = tf.ones([8, 3]);
    const drop = (input: tf.Tensor) => layer.apply(input, { training: true }) as tf.Tensor;
    const { value, grad } = tf.valueAndGrad(drop)(x);
    expect(grad.arraySync()).toEqual(value.arraySync());
  });
});

test('NoiseShapeDropout is saved with its arguments, and leaks nothing', async () => {
  const before = tf.memory().numTensors;
  const x = tf.ones([2, 3]);
  const [first, again] = await roundTrip(new NoiseShapeDropout({ ...args, inputShape: [3] }), x);
  expect(again).toEqual(first);
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

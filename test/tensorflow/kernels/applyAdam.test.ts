import { applyAdam } from '../../../src/tensorflow/kernels/applyAdam';
import { tf } from '../../../src/tensorflow/tf';

const settings = { step: 1, learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

function update(gradient: tf.Tensor) {
  const zeros = () => tf.variable(tf.zeros([2]), false);
  const value = tf.variable(tf.tensor1d([1, 2]));
  return { value, firstMoment: zeros(), secondMoment: zeros(), gradient };
}

afterEach(() => tf.setBackend('tensorflow'));

test('applyAdam() makes one step: value, m and v as worked out by hand', () => {
  const one = update(tf.tensor1d([2, -4]));
  expect(applyAdam([one], settings)).toBe(true);
  // m = 0.1 g, v = 0.001 g², and the first step is the learning rate long, whatever the gradient.
  const expected = { value: [0.9, 2.1], firstMoment: [0.2, -0.4], secondMoment: [0.004, 0.016] };
  for (const [name, numbers] of Object.entries(expected)) {
    const values = Array.from(one[name as keyof typeof expected].dataSync());
    expect(values).toEqual(numbers.map((number) => expect.closeTo(number, 5)));
  }
  tf.dispose(Object.values(one));
});

test('applyAdam() does nothing for a gradient of another shape, or on another backend', async () => {
  const other = update(tf.scalar(1));
  expect(applyAdam([other], settings)).toBe(false);
  await tf.setBackend('cpu');
  const onCpu = update(tf.tensor1d([2, -4]));
  expect(applyAdam([onCpu], settings)).toBe(false);
  expect(Array.from(onCpu.value.dataSync())).toEqual([1, 2]);
  tf.dispose([...Object.values(other), ...Object.values(onCpu)]);
});

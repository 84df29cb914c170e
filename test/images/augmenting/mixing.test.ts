import { mixing } from '../../../src/images/augmenting/mixing';
import { drawNoise } from '../../../src/tensorflow/graph/drawNoise';
import { tf } from '../../../src/tensorflow/tf';

test('each picture keeps its share, and its partner gives the rest', () => {
  const mixture = { partners: tf.tensor1d([1, 0], 'int32'), shares: tf.tensor1d([0.75, 0.5]) };
  const pictures = tf.tensor4d([10, 20, 110, 220], [2, 1, 2, 1]);
  // 0.75 × 10 + 0.25 × 110, 0.75 × 20 + 0.25 × 220; 0.5 × 110 + 0.5 × 10, 0.5 × 220 + 0.5 × 20
  expect([...mixing.change(pictures, mixture).dataSync()]).toEqual([35, 70, 60, 120]);
  const labels = tf.tensor2d([1, 0, 0, 1], [2, 2]);
  expect([...mixing.change(labels, mixture).dataSync()]).toEqual([0.75, 0.25, 0.5, 0.5]);
});

test('shares are drawn from the Beta distribution, partners from the whole batch', () => {
  const n = 4000;
  const { shares, partners } = mixing.draw({ alpha: 0.2 }, [n], (distribution, shape) =>
    drawNoise(mixing, 1, distribution, shape)!,
  );
  const values = [...shares.dataSync()];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  // Beta(α, α) has the mean 1/2 and the variance 1 / (4 (2α + 1)) = 0.1786; a mean of 4,000 is within 4 × 0.4226 / √4000.
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.027);
  expect(Math.abs(variance - 0.1786)).toBeLessThan(0.006);
  expect([...partners.dataSync()].sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
});

test.each([0, -1, Number.NaN])('an alpha of %p is refused', (alpha) => {
  expect(mixing.problem({ alpha })).toBe(`alpha must be above 0, got ${alpha}`);
});

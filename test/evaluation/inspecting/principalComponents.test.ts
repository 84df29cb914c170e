import { principalComponents } from '../../../src/evaluation/inspecting/principalComponents';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

const NUMPY = `
import json, sys, numpy as np
rows = np.array(json.loads(sys.argv[1]))
u, s, v = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
points = (u * s)[:, :2]
points *= np.sign(points[np.abs(points).argmax(axis=0), [0, 1]])
print(json.dumps({'points': points.tolist(), 'explained': (s**2 / (s**2).sum())[:2].tolist()}))
`;

test('principalComponents() gives what NumPy gives, the farthest point on the positive side', async () => {
  const rows = tf.tidy(() => tf.randomNormal([9, 5], 1, 2, 'float32', 7).arraySync() as number[][]);
  const numpy = await runPython<{ points: number[][]; explained: number[] }>(NUMPY, [
    JSON.stringify(rows),
  ]);
  const { points, explainedVariance } = principalComponents(rows);
  expect(points).toEqual(numpy.points.map((point) => point.map((x) => expect.closeTo(x, 4))));
  expect(explainedVariance).toEqual(numpy.explained.map((share) => expect.closeTo(share, 5)));
});

test('principalComponents() of two rows lie on a line through their mean', () => {
  // 3-4-5: their distance is 5.
  const { points, explainedVariance } = principalComponents([
    [0, 0, 1],
    [3, 4, 1],
  ]);
  expect(points.map(([x]) => Math.abs(x))).toEqual([
    expect.closeTo(2.5, 5),
    expect.closeTo(2.5, 5),
  ]);
  expect(points[0]![0]).toBeCloseTo(-points[1]![0], 5);
  expect(points.map(([, y]) => y)).toEqual([expect.closeTo(0, 5), expect.closeTo(0, 5)]);
  expect(explainedVariance).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
});

test('principalComponents() of rows of one number have no second component', () => {
  const { points, explainedVariance } = principalComponents([[1], [2], [6]]);
  expect(points).toEqual([-2, -1, 3].map((x) => [expect.closeTo(x, 5), 0]));
  expect(explainedVariance).toEqual([expect.closeTo(1, 6), 0]);
});

test('principalComponents() of equal rows are one point, and explain nothing', () => {
  const before = tf.memory().numTensors;
  const { points, explainedVariance } = principalComponents([
    [1, 2],
    [1, 2],
  ]);
  expect(points.flat().map(Math.abs)).toEqual([0, 0, 0, 0]);
  expect(explainedVariance).toEqual([0, 0]);
  expect(tf.memory().numTensors).toBe(before);
});

import { singularValues } from '../../tensorflow/native/singularValues';

/** Points seen from the side on which they spread most. */
export interface Projection {
  /** One for each row, in the units of the rows; (0, 0) is their mean. */
  points: Array<[x: number, y: number]>;
  /** The share of the rows' variance that lies along x, and along y, in 0–1; 0 where the rows do not differ. */
  explainedVariance: [x: number, y: number];
}

/**
 * Projects rows on their first two principal components, computed by TensorFlow's own singular value decomposition.
 *
 * A component's sign means nothing. Here the point that is farthest out along it lies on the positive side, as in
 * scikit-learn, so that equal rows give equal pictures.
 *
 * @param rows at least two, of equal length
 * @example
 * principalComponents([[0, 0, 0], [3, 4, 0]]).points; // [[-2.5, 0], [2.5, 0]] or its mirror image
 */
export function principalComponents(rows: readonly ArrayLike<number>[]): Projection {
  const count = rows.length;
  const length = rows[0]!.length;
  const mean = Float64Array.from({ length }, (_, j) => sum(rows.map((row) => row[j]!)) / count);
  const centred = Float32Array.from({ length: count * length }, (_, i) => {
    const j = i % length;
    return rows[(i - j) / length]![j]! - mean[j]!;
  });
  const { values, left, width } = singularValues(centred, count, length);
  const total = sum(Array.from(values, (value) => value ** 2));
  const component = (k: number) => {
    const value = values[k] ?? 0;
    const along = rows.map((_, i) => (k < width ? value * left[i * width + k]! : 0));
    const farthest = along.reduce((far, x) => (Math.abs(x) > Math.abs(far) ? x : far), 0);
    return {
      along: along.map((x) => (farthest < 0 ? 0 - x : x)),
      share: total === 0 ? 0 : value ** 2 / total,
    };
  };
  const [x, y] = [component(0), component(1)];
  return {
    points: rows.map((_, i) => [x.along[i]!, y.along[i]!]),
    explainedVariance: [x.share, y.share],
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

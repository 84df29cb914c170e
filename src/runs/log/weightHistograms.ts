import { tf } from '../../tensorflow/tf';
import { histogram } from '../tensorBoard/histogram';
import type { WeightHistogram } from './runLogLines';

/** So many show how millions are spread: each of 30 columns to about 1 %. */
const LOOKED_AT = 65_536;

/**
 * Says how the numbers of each weight of a model are spread, in 30 columns. Of a large weight 65,536 numbers are looked
 * at, evenly spread over it, so that a network of millions costs no more than some milliseconds.
 *
 * @returns in the order of `model.weights`
 * @example
 * (await weightHistograms(model))[0]?.counts; // how many numbers lie in each column from least to most
 */
export async function weightHistograms(model: tf.LayersModel): Promise<WeightHistogram[]> {
  const all: WeightHistogram[] = [];
  for (const weight of model.weights) {
    const values = await lookedAt(weight.read());
    const columns = histogram(values);
    const counts = columns.map(([, , count]) => count);
    all.push({
      name: weight.originalName,
      shape: weight.shape.map((size) => size ?? 0),
      least: columns[0]?.[0] ?? 0,
      most: columns.at(-1)?.[1] ?? 0,
      counts,
      notFinite: values.length - counts.reduce((sum, count) => sum + count, 0),
      counted: values.length,
    });
  }
  return all;
}

async function lookedAt(weight: tf.Tensor): Promise<Float32Array> {
  if (weight.size <= LOOKED_AT) return weight.data<'float32'>();
  const step = coprimeStep(Math.ceil(weight.size / LOOKED_AT), weight.shape);
  const part = tf.tidy(() => weight.flatten().stridedSlice([0], [weight.size], [step]));
  return part.data<'float32'>().finally(() => part.dispose());
}

/** A step that shares a factor with a dimension would see some of its indices only. */
function coprimeStep(least: number, shape: readonly number[]): number {
  let step = least;
  while (shape.some((size) => commonDivisor(step, size) > 1)) step++;
  return step;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

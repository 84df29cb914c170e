import type { Rescale } from '../../models/toInput';

/**
 * What `toInput` does, without TensorFlow.
 *
 * @param values `[height, width, channels]`, 0–255; they are changed
 * @returns the same array
 */
export function rescaled(values: Float32Array, rescale: Rescale, channels: number): Float32Array {
  if (rescale === 'none') return values;
  if ('scale' in rescale) {
    const { scale, offset = 0 } = rescale;
    return (values.forEach((value, i) => (values[i] = value * scale + offset)), values);
  }
  const { divisor, mean = 0, std = 1 } = rescale;
  const of = (numbers: number | readonly number[], i: number) =>
    typeof numbers === 'number' ? numbers : numbers[i % channels]!;
  values.forEach((value, i) => (values[i] = (value / divisor - of(mean, i)) / of(std, i)));
  return values;
}

/** A graph is made for each size; so many fit, see `MAX_TRACES` of `ModelGraph`. */
export const LARGEST_BATCH = 256;

/**
 * The sizes of the batches that a model gets, so that a graph can be made ready for each: 1, 2, 3, 4, 6, 8, 12 and so on. A
 * batch between two of them is filled up, with a third more at most.
 *
 * @param most the largest, up to 256
 *
 * @example
 * batchSizes(16); // [1, 2, 3, 4, 6, 8, 12, 16]
 */
export function batchSizes(most: number): number[] {
  const sizes = [1];
  for (let power = 2; power <= LARGEST_BATCH; power *= 2) sizes.push(power, 1.5 * power);
  return [...sizes.filter((size) => size < most), most];
}

import { show } from '../../errors/show';

/** The least and the greatest value of a channel; [0, 255] when left out, as pictures come from a loader. */
export type ValueRange = readonly [least: number, greatest: number];

/** Says what is wrong with a range of values; undefined where nothing is. */
export function valueRangeProblem(range: ValueRange): string | undefined {
  const isRange = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite);
  if (isRange && range[0] < range[1]) return undefined;
  return `valueRange must be two numbers, the smaller one first, got ${show(range)}`;
}

/** A tenth of a CSS pixel is as fine as a position in a chart need be. */
export function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A hundredth of a CSS pixel, for the sides of pictures, whose proportions shall stay. */
export function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

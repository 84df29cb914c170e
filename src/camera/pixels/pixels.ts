/** A decoded picture. */
export interface Pixels {
  width: number;
  height: number;
  /** Red, green, blue and alpha of each pixel, row by row; alpha is not multiplied in. */
  data: Uint8ClampedArray;
}

/** A square, in pixels of a picture; it may reach beyond the edge. */
export interface Square {
  left: number;
  top: number;
  side: number;
}

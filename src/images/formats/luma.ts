/**
 * How light a colour is, 0–255: the weights of ITU-R BT.601, also those of libpng and libjpeg in TensorFlow.
 *
 * @example
 * luma(255, 255, 255); // 255
 */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/**
 * Says how much there is to be seen in a picture.
 *
 * @param rgb three bytes a pixel: red, green, blue
 * @returns the largest value, and how far the values of a colour lie apart, of 255
 *
 * @example
 * contrastOf(Uint8Array.of(9, 0, 0, 12, 0, 0)); // { brightest: 12, contrast: 3 }
 */
export function contrastOf(rgb: Uint8Array): { brightest: number; contrast: number } {
  const channels = [0, 1, 2].map((channel) => rgb.filter((_, i) => i % 3 === channel));
  const ranges = channels.map((values) => {
    const brightest = values.reduce((a, b) => (a > b ? a : b));
    return { brightest, contrast: brightest - values.reduce((a, b) => (a < b ? a : b)) };
  });
  return {
    brightest: Math.max(...ranges.map(({ brightest }) => brightest)),
    contrast: Math.max(...ranges.map(({ contrast }) => contrast)),
  };
}

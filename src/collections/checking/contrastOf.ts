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
  const brightest = [0, 0, 0];
  const darkest = [255, 255, 255];
  for (let i = 0; i < rgb.length; i++) {
    const value = rgb[i]!;
    const channel = i % 3;
    if (value > brightest[channel]!) brightest[channel] = value;
    if (value < darkest[channel]!) darkest[channel] = value;
  }
  return {
    brightest: Math.max(...brightest),
    contrast: Math.max(...brightest.map((value, channel) => value - darkest[channel]!)),
  };
}

// White, and ColorBrewer's YlOrRd without its darkest step (https://colorbrewer2.org, safe for colour-blind readers): each
// step is darker than the one before, so that it reads in black and white as well.
const STEPS = ['ffffff', 'ffeda0', 'fed976', 'feb24c', 'fd8d3c', 'fc4e2a', 'e31a1c', 'bd0026'];

const COLOURS = STEPS.map((step) => [0, 2, 4].map((at) => parseInt(step.slice(at, at + 2), 16)));

/**
 * The colour of a heat map's value.
 *
 * @param share of the largest value; below 0 it counts as 0, above 1 as 1
 * @returns red, green and blue, 0–255
 *
 * @example
 * heatColour(0); // [255, 255, 255]
 */
export function heatColour(share: number): [number, number, number] {
  const position = Math.min(1, Math.max(0, share)) * (COLOURS.length - 1);
  const step = Math.min(COLOURS.length - 2, Math.floor(position));
  const mix = position - step;
  return COLOURS[step]!.map((from, i) => from + (COLOURS[step + 1]![i]! - from) * mix) as [
    number,
    number,
    number,
  ];
}

/** The colours of {@link heatColour} as a gradient from left to right, for a legend; refer to it as `url(#heat)`. */
export const HEAT_GRADIENT = [
  '<linearGradient id="heat">',
  ...STEPS.map(
    (step, i) =>
      `<stop offset="${Math.round((100 * i) / (STEPS.length - 1))}%" stop-color="#${step}"/>`,
  ),
  '</linearGradient>',
].join('');

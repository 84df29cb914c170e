import { HEAT_GRADIENT, heatColour } from '../../../src/display/network/heatColour';

/** As WCAG defines it, from the colour's linear parts. */
function luminance(colour: readonly number[]): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('heatColour() grows darker all the way, so that it reads without colours as well', () => {
  const shares = Array.from({ length: 101 }, (_, i) => i / 100);
  const brightness = shares.map((share) => luminance(heatColour(share)));
  for (const [i, value] of brightness.entries()) {
    if (i > 0) expect(value).toBeLessThan(brightness[i - 1]!);
  }
  expect(heatColour(0)).toEqual([255, 255, 255]);
  // bd0026, the last of the steps that are used
  expect(heatColour(1)).toEqual([189, 0, 38]);
});

test('heatColour() takes what lies outside for the nearest end', () => {
  expect(heatColour(-3)).toEqual(heatColour(0));
  expect(heatColour(7)).toEqual(heatColour(1));
});

test("the legend's gradient ends with the colours of 0 and 1", () => {
  expect(HEAT_GRADIENT).toContain('<stop offset="0%" stop-color="#ffffff"/>');
  expect(HEAT_GRADIENT).toContain('<stop offset="100%" stop-color="#bd0026"/>');
});

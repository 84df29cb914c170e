import { heatPanels, maximum, strongestRegion } from '../../../src/display/network/heatPanels';

test('strongestRegion() names the ninth of the picture in which the largest value lies', () => {
  const at = (place: number) => Float32Array.from({ length: 54 }, (_, i) => (i === place ? 2 : 1));
  const placeOf = (place: number) => strongestRegion({ values: at(place), width: 9, height: 6 });
  expect(placeOf(0)).toBe('top left');
  expect(placeOf(2 * 9 + 4)).toBe('middle centre');
  expect(placeOf(53)).toBe('bottom right');
  expect(strongestRegion({ values: new Float32Array(54), width: 9, height: 6 })).toBeUndefined();
});

test('maximum() of a map without anything above 0 is 0', () => {
  expect(maximum(Float32Array.of(-2, -1))).toBe(0);
  expect(maximum(Float32Array.of())).toBe(0);
  expect(maximum(Float32Array.of(-2, 3))).toBe(3);
});

test('heatPanels() keeps the proportions of a picture, also of a very wide one', async () => {
  const picture = { pixels: new Uint8Array(3 * 40 * 10), width: 40, height: 10 };
  const maps = [{ values: new Float32Array(400), caption: 'x' }];
  const card = { title: 't', legend: ['a', 'b'] as [string, string] };
  const svg = await heatPanels([{ picture, caption: 'wide', maps }], card);
  expect(svg.match(/<image [^>]* width="180" height="45" /g)).toHaveLength(2);
});

import { heatOver } from '../../../src/display/network/heatOver';

test('heatOver() tints a picture in light grey; on white the colour is that of the legend', () => {
  const picture = {
    pixels: Uint8Array.of(255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0),
    width: 4,
    height: 1,
  };
  const { pixels } = heatOver(picture, Float32Array.of(0, 2, 0, 2), 2);
  // White and black without heat, white and black with all of it: black keeps 40 %.
  expect(Array.from(pixels)).toEqual([255, 255, 255, 189, 0, 38, 102, 102, 102, 76, 0, 15]);
  expect(Array.from(picture.pixels.slice(0, 3))).toEqual([255, 255, 255]);
});

test('heatOver() leaves a picture grey where nothing is above 0', () => {
  const picture = { pixels: Uint8Array.of(255, 0, 0), width: 1, height: 1 };
  const [red, green, blue] = heatOver(picture, Float32Array.of(-1), 0).pixels;
  expect([green, blue]).toEqual([red, red]);
});

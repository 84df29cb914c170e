import { trainingFlops } from '../../../scripts/bench/flops';
import { emotions, happyOrSad } from '../../../scripts/bench/networks';
import { convolutionalNetwork } from '../../../src/models/convolutionalNetwork';

function flopsOf({ size, ...network }: typeof happyOrSad) {
  const model = convolutionalNetwork({ ...network, imageSize: [size, size], classes: 2 });
  const flops = trainingFlops(model);
  model.dispose();
  return flops;
}

describe('trainingFlops()', () => {
  test('counts places × outputs × inputs × 2 of each layer three times, without the gradient of the picture', () => {
    // 4×4 pictures, one convolution of two filters, three dense units, one output:
    //   convolution  2×2 places × 2 filters × 27 inputs × 2 = 432
    //   dense        pooled to 1×1×2: 2 inputs × 3 units × 2 = 12
    //   output       3 inputs × 1 unit × 2 = 6
    const small = { name: 'small', size: 4, filters: [2], units: 3 };
    expect(flopsOf(small)).toBe(2 * 432 + 3 * (12 + 6));
  });

  test('agrees with a hand calculation for lesson 1', () => {
    // Sides 150 -> 148 -> 74 -> 72 -> 36 -> 34 -> 17.
    const first = 2 * 148 ** 2 * 16 * 27;
    const convolutions = 2 * (72 ** 2 * 32 * 144 + 34 ** 2 * 64 * 288);
    const dense = 2 * (17 ** 2 * 64 * 128 + 128);
    expect(flopsOf(happyOrSad)).toBe(2 * first + 3 * (convolutions + dense));
  });

  test('grows with the pictures’ area', () => {
    const growth = flopsOf({ ...emotions, size: 512 }) / flopsOf(emotions);
    expect(growth).toBeGreaterThan(4);
    expect(growth).toBeLessThan(4.3);
  });
});

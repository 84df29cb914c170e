import { emotions, happyOrSad } from '../../../scripts/bench/networks';
import { predictionFlops, trainingFlops } from '../../../scripts/bench/flops';

// 4×4 pictures, one convolution of two filters, three dense units, one output:
//   convolution  2×2 places × 2 filters × 27 inputs × 2 = 432
//   dense        pooled to 1×1×2: 2 inputs × 3 units × 2 = 12
//   output       3 inputs × 1 unit × 2 = 6
const small = { size: 4, filters: [2], dense: 3 };

describe('predictionFlops()', () => {
  test('counts places × outputs × inputs × 2 of each layer', () => {
    expect(predictionFlops(small)).toBe(432 + 12 + 6);
  });

  test('agrees with a hand calculation for lesson 1', () => {
    // Sides 150 -> 148 -> 74 -> 72 -> 36 -> 34 -> 17.
    const convolutions = 148 ** 2 * 16 * 27 + 72 ** 2 * 32 * 144 + 34 ** 2 * 64 * 288;
    const dense = 17 ** 2 * 64 * 128 + 128;
    expect(predictionFlops(happyOrSad)).toBe(2 * (convolutions + dense));
  });
});

describe('trainingFlops()', () => {
  test('is three times as much, without the gradient of the picture', () => {
    expect(trainingFlops(small)).toBe(2 * 432 + 3 * (12 + 6));
  });

  test('grows with the pictures’ area', () => {
    const growth = trainingFlops({ ...emotions, size: 512 }) / trainingFlops(emotions);
    expect(growth).toBeGreaterThan(4);
    expect(growth).toBeLessThan(4.3);
  });
});

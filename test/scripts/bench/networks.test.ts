import seedrandom from 'seedrandom';
import {
  emotions,
  happyOrSad,
  initialWeights,
  type Network,
  weightShapes,
} from '../../../scripts/bench/networks';
import { buildHappyOrSad } from '../../../src/models/buildHappyOrSad';

function parameters(network: Network) {
  return weightShapes(network).reduce(
    (sum, shape) => sum + shape.reduce((all, side) => all * side, 1),
    0,
  );
}

describe('weightShapes()', () => {
  test('has the shapes of the network of lesson 1', () => {
    const model = buildHappyOrSad();
    expect(weightShapes(happyOrSad)).toEqual(model.getWeights().map(({ shape }) => shape));
    model.dispose();
  });

  test('has the 3,696,625 parameters of the emotion network', () => {
    expect(parameters(emotions)).toBe(3_696_625);
  });
});

describe('initialWeights()', () => {
  const small: Network = { size: 4, filters: [2], dense: 3 };
  const drawn = () => initialWeights(small, seedrandom.alea('1'));

  test('draws as many as the network has, the same from the same seed', () => {
    expect(drawn()).toHaveLength(parameters(small));
    expect(drawn()).toEqual(drawn());
  });

  test('keeps within Glorot’s limit and leaves biases at 0', () => {
    // The kernel of 3×3×3×2: fan in 27, fan out 18, limit √(6/45).
    const limit = Math.sqrt(6 / 45);
    const kernel = [...drawn().slice(0, 54)];
    expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(limit);
    expect(Math.max(...kernel.map(Math.abs))).toBeGreaterThan(0.8 * limit);
    expect([...drawn().slice(54, 56)]).toEqual([0, 0]);
  });
});

import { emotions, happyOrSad } from '../../../scripts/bench/networks';
import { buildEmotion } from '../../../src/models/buildEmotion';
import { buildHappyOrSad } from '../../../src/models/buildHappyOrSad';
import { convolutionalNetwork } from '../../../src/models/convolutionalNetwork';

test.each([
  ['lesson 1', happyOrSad, buildHappyOrSad],
  ['the emotion lesson', emotions, buildEmotion],
])('the network of %s is that of the benchmark', (_, { size, ...network }, build) => {
  const described = convolutionalNetwork({ ...network, imageSize: [size, size], classes: 2 });
  const model = build();
  const layersOf = (one: typeof model) => one.layers.map(({ outputShape }) => outputShape);
  expect(layersOf(described)).toEqual(layersOf(model));
  expect(described.countParams()).toBe(model.countParams());
  model.dispose();
  described.dispose();
});

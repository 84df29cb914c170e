import { tf } from '../../../src/tensorflow/tf';
import { copyWeights, putWeights } from '../../../src/training/fit/copyWeights';
import { buildTiny, tinyData, valuesOf } from '../../support/tinyTraining';

function oneDense(): tf.Sequential {
  return tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], useBias: false })],
  });
}

test('copyWeights() copies values that are still in JavaScript', async () => {
  const model = oneDense();
  const given = Float32Array.of(1, 2);
  tf.tidy(() => model.setWeights([tf.tensor(given, [2, 1])]));
  const [copy] = await copyWeights(model);
  given[0] = 9;
  expect(copy).toEqual(Float32Array.of(1, 2));
  model.dispose();
});

test("copyWeights() copies values that are TensorFlow's, which a later training leaves alone", async () => {
  const model = buildTiny();
  const before = valuesOf(model);
  const [copies, again] = [await copyWeights(model), await copyWeights(model)];
  copies[0]![0] = NaN;
  expect(again.map((values) => [...values])).toEqual(before);
  await model.fitDataset(tinyData(), { epochs: 1, verbose: 0 });
  expect(again.map((values) => [...values])).toEqual(before);
  expect(valuesOf(model)).not.toEqual(before);
  putWeights(model, again);
  expect(valuesOf(model)).toEqual(before);
  model.dispose();
});

import { filtersOf } from '../../../src/evaluation/inspecting/filtersOf';
import { tf } from '../../../src/tensorflow/tf';
import { flatClassifier, sigmoidClassifier } from '../../support/inspected';

test('filtersOf() reads each filter pixel by pixel, red, green and blue', async () => {
  const model = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [4, 4, 3], filters: 2, kernelSize: [1, 2] })],
  });
  // TensorFlow keeps the filters last: row, column, colour, filter.
  tf.tidy(() => {
    const kernel = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6];
    model.setWeights([tf.tensor4d(kernel, [1, 2, 3, 2]), tf.zeros([2])]);
  });
  const before = tf.memory().numTensors;
  const { layer, height, width, filters } = await filtersOf(model);
  expect(tf.memory().numTensors).toBe(before);
  expect([layer, height, width]).toEqual([model.layers[0]!.name, 1, 2]);
  expect(filters.map((filter) => Array.from(filter))).toEqual([
    [1, 2, 3, 4, 5, 6],
    [-1, -2, -3, -4, -5, -6],
  ]);
  expect((await filtersOf(model, layer)).filters).toEqual(filters);
  model.dispose();
});

test('filtersOf() says what is wrong', async () => {
  const { model } = sigmoidClassifier();
  const flat = flatClassifier().model;
  await expect(filtersOf(model, 'last')).rejects.toThrow(
    'Cannot read the filters: only filters over 3 colours or a grey picture can be seen as pictures, those of layer "last" go over 4 maps; showActivations shows what they find',
  );
  await expect(filtersOf(model, 'pool')).rejects.toThrow('those of layer "pool" go over no maps');
  await expect(filtersOf(model, 'conv')).rejects.toThrow(
    /it has "first", "pool", "last", .* got "conv"/,
  );
  await expect(filtersOf(flat)).rejects.toThrow(
    'a network with a convolution is required, it has none',
  );
  model.dispose();
  await expect(filtersOf(model)).rejects.toThrow(
    /^Cannot read the filters: the network's weights are required, but layer "first" of model ".*" has been disposed$/,
  );
  flat.dispose();
});

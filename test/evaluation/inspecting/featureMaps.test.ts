import sharp from 'sharp';

import { featureMaps } from '../../../src/evaluation/inspecting/featureMaps';
import { tf } from '../../../src/tensorflow/tf';
import { flatClassifier, sigmoidClassifier, speckledPicture } from '../../support/inspected';

test('featureMaps() gives a map for each filter, as a model that ends there predicts it', async () => {
  const classifier = sigmoidClassifier();
  const { model } = classifier;
  const picture = await speckledPicture();
  const pixels = [...(await sharp(picture).raw().toBuffer())].map((value) => value / 255);
  for (const [layer, shape] of [
    [undefined, [10, 8, 4]],
    ['pool', [5, 4, 4]],
    ['last', [4, 3, 5]],
  ] as const) {
    const found = await featureMaps(classifier, picture, layer === undefined ? {} : { layer });
    expect(found.layer).toBe(layer ?? 'first');
    expect([found.height, found.width, found.maps.length]).toEqual(shape);
    const end = tf.model({
      inputs: model.inputs,
      outputs: model.getLayer(found.layer).output as tf.SymbolicTensor,
    });
    const expected = tf.tidy(() => {
      const output = end.predict(tf.tensor4d(pixels, [1, 12, 10, 3])) as tf.Tensor4D;
      return output.transpose([3, 1, 2, 0]).reshape([shape[2], -1]).arraySync() as number[][];
    });
    expect(found.maps.map((map) => Array.from(map))).toEqual(
      expected.map((map) => map.map((value) => expect.closeTo(value, 5))),
    );
  }
  const before = tf.memory().numTensors;
  await featureMaps(classifier, picture);
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

test('featureMaps() says what is wrong, and leaks nothing', async () => {
  const classifier = sigmoidClassifier();
  const flat = flatClassifier();
  const disposed = sigmoidClassifier();
  disposed.model.dispose();
  const picture = await speckledPicture();
  const before = tf.memory().numTensors;
  await expect(featureMaps(flat, picture)).rejects.toThrow(
    'Cannot compute the feature maps: a network with a convolution is required, it has only Flatten, Dense',
  );
  await expect(featureMaps(classifier, picture, { layer: 'second' })).rejects.toThrow(
    /the network must have the layer, it has "first", "pool", "last", .*, got "second"/,
  );
  await expect(
    featureMaps(classifier, picture, { layer: classifier.model.layers[3]!.name }),
  ).rejects.toThrow(/must give maps \[n, h, w, maps\], "flatten_.*" gives \[n, 60\]/);
  await expect(featureMaps(disposed, picture)).rejects.toThrow('has been disposed');
  await expect(featureMaps(classifier, 'gone.png')).rejects.toThrow('it does not exist');
  expect(tf.memory().numTensors).toBe(before);
  for (const { model } of [classifier, flat]) model.dispose();
});

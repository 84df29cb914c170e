import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';

const pairs = (size: number) => [
  tf.layers.inputLayer({ inputShape: [size, size, 3] }),
  ...[16, 32, 64].flatMap((filters) => [
    tf.layers.conv2d({ filters, kernelSize: 3 }),
    tf.layers.maxPooling2d({ poolSize: 2 }),
  ]),
];

test('three convolutions and poolings take pictures from 22 × 22 on, as in Keras', async () => {
  const sizes = [18, 20, 21, 22, 23];
  const keras = await runPython<boolean[]>(
    `
import json, sys, keras
def fits(size):
    try:
        keras.Sequential([keras.Input((size, size, 3))] + [
            layer for filters in (16, 32, 64)
            for layer in (keras.layers.Conv2D(filters, 3), keras.layers.MaxPooling2D(2))])
        return True
    except ValueError:
        return False
print(json.dumps([fits(size) for size in json.loads(sys.argv[1])]))`,
    [JSON.stringify(sizes)],
  );
  const fits = sizes.map((size) => {
    try {
      return tf.sequential({ layers: pairs(size) }).outputs[0]!.shape[1]! > 0;
    } catch {
      return false;
    }
  });
  expect(fits).toEqual(keras);
  expect(fits).toEqual([false, false, false, true, true]);
});

test('the sentence names the layer, its input and what can be done', () => {
  expect(() => tf.sequential({ layers: pairs(20) })).toThrow(
    /^Cannot apply the layer "max_pooling2d_\w+" to inputs of shape \[\*, 1, 1, 64\]: at least one place must be left of them, and its output would have the shape \[\*, 0, 0, 64\]; take larger pictures, or fewer layers that shrink them$/,
  );
});

test.each([
  ['a convolution', [2, 2, 3], () => tf.layers.conv2d({ filters: 2, kernelSize: 3 })],
  ['a convolution much larger', [1, 1, 3], () => tf.layers.conv2d({ filters: 2, kernelSize: 5 })],
  ['a depthwise convolution', [2, 5, 3], () => tf.layers.depthwiseConv2d({ kernelSize: 3 })],
  [
    'a separable convolution',
    [5, 2, 3],
    () => tf.layers.separableConv2d({ filters: 2, kernelSize: 3 }),
  ],
  ['an average pooling', [4, 1, 3], () => tf.layers.averagePooling2d({ poolSize: 2 })],
  ['a cropping', [4, 5, 3], () => tf.layers.cropping2D({ cropping: 2 })],
  ['a pooling of a series', [1, 3], () => tf.layers.maxPooling1d({ poolSize: 2 })],
  ['a convolution of a series', [2, 3], () => tf.layers.conv1d({ filters: 2, kernelSize: 3 })],
  [
    'a pooling of volumes',
    [4, 4, 1, 3],
    () => tf.layers.maxPooling3d({ poolSize: [2, 2, 2], dataFormat: 'channelsLast' }),
  ],
] as Array<[string, number[], () => tf.layers.Layer]>)(
  '%s that leaves nothing of its input is refused',
  (_, shape, layer) => {
    expect(() => layer().apply(tf.input({ shape }))).toThrow('Cannot apply the layer');
  },
);

test('a network for pictures of any size refuses those of which nothing would be left, and continues with larger ones', () => {
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({
        inputShape: [null as unknown as number, null as unknown as number, 3],
      }),
      tf.layers.maxPooling2d({ poolSize: 4 }),
      tf.layers.globalAveragePooling2d({}),
    ],
  });
  const predict = (size: number) =>
    tf.tidy(() => (model.predict(tf.ones([2, size, size, 3])) as tf.Tensor).arraySync());
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) expect(() => predict(3)).toThrow('to inputs of shape [2, 3, 3, 3]');
  expect(predict(4)).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ]);
  expect(tf.memory().numTensors).toBe(before);
});

test('an empty batch is no empty map', () => {
  const layer = tf.layers.maxPooling2d({ poolSize: 2 });
  const pooled = tf.tidy(() => (layer.apply(tf.zeros([0, 4, 4, 3])) as tf.Tensor).shape);
  expect(pooled).toEqual([0, 2, 2, 3]);
});

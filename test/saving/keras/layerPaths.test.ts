import { layerPaths } from '../../../src/saving/keras/layerPaths';

test('layerPaths() counts the layers of each class', () => {
  // The groups of model.weights.h5 that Keras 3.15 writes for these layers.
  expect(
    layerPaths(['Conv2D', 'ReLU', 'Conv2D', 'GlobalAveragePooling2D', 'LeakyReLU', 'Conv2D']),
  ).toEqual([
    'layers/conv2d',
    'layers/re_lu',
    'layers/conv2d_1',
    'layers/global_average_pooling2d',
    'layers/leaky_re_lu',
    'layers/conv2d_2',
  ]);
  expect(layerPaths(['Functional', 'SeparableConv2D'], 'layers/sequential/')).toEqual([
    'layers/sequential/layers/functional',
    'layers/sequential/layers/separable_conv2d',
  ]);
});

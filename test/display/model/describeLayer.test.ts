import { describeLayer } from '../../../src/display/model/describeLayer';
import { tf } from '../../../src/tensorflow/tf';

test.each([
  [
    tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu' }),
    'Conv2D, 16 filters 3 × 3, relu',
  ],
  [
    tf.layers.conv2d({ filters: 1, kernelSize: [1, 5], strides: 2, padding: 'same' }),
    'Conv2D, 1 filter 1 × 5, stride 2 × 2, padded',
  ],
  [tf.layers.depthwiseConv2d({ kernelSize: 3 }), 'DepthwiseConv2D, 3 × 3'],
  [tf.layers.maxPooling2d({ poolSize: 2 }), 'MaxPooling2D, 2 × 2'],
  [tf.layers.maxPooling2d({ poolSize: 3, strides: 2 }), 'MaxPooling2D, 3 × 3, stride 2 × 2'],
  [tf.layers.dense({ units: 1, activation: 'sigmoid' }), 'Dense, 1 unit, sigmoid'],
  [tf.layers.dropout({ rate: 0.5 }), 'Dropout, rate 0.5'],
  [tf.layers.activation({ activation: 'softmax' }), 'Activation, softmax'],
  [tf.layers.flatten(), 'Flatten'],
])('describeLayer() says what a layer is: %#', (layer, said) => {
  expect(describeLayer(layer)).toBe(said);
});

test('describeLayer() counts the layers of a network inside a network', () => {
  const inner = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  expect(describeLayer(inner)).toBe('Sequential, 1 layer');
  inner.dispose();
});

import { Rectifier } from '../../src/models/layers/rectifier';
import { Bidirectional } from '../../src/models/layers/wrappers';
import '../../src/saving/keras/layerTable';
import { stockTfjsNotice } from '../../src/saving/stockTfjsNotice';
import { tf } from '../../src/tensorflow/tf';

test('stockTfjsNotice() names the layers that TensorFlow.js alone does not open or computes otherwise, and no others', () => {
  const before = tf.memory().numTensors;
  const plain = tf.sequential({
    layers: [tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 1, kernelSize: 3 })],
  });
  expect(stockTfjsNotice(plain)).toBe('');
  const own = tf.sequential({
    layers: [
      plain,
      tf.layers.depthwiseConv2d({ kernelSize: 2, dilationRate: 2, name: 'wide' }),
      tf.layers.depthwiseConv2d({ kernelSize: 2, name: 'narrow' }),
      new Rectifier({ maxValue: null, negativeSlope: 0.1, threshold: 0, name: 'slope' }),
      tf.layers.flatten({ name: 'flattens' }),
      tf.layers.flatten({ name: 'again' }),
    ],
  });
  expect(stockTfjsNotice(own)).toBe(
    'TensorFlow.js without Smile Lab does not open "wide" (DepthwiseConv2D), "slope" (Rectifier), "again" (Flatten), or computes something else.',
  );
  own.dispose();
  const lstm = (more: { goBackwards?: boolean; name: string }) =>
    tf.layers.lstm({ units: 2, returnSequences: true, ...more });
  const both = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [5, 2] }),
      new Bidirectional({ layer: lstm({ name: 'there' }) }),
      new Bidirectional({
        layer: lstm({ name: 'forth' }),
        backwardLayer: lstm({ name: 'back', goBackwards: true }),
        name: 'own',
      }),
    ],
  });
  expect(stockTfjsNotice(both)).toBe(
    'TensorFlow.js without Smile Lab does not open "own" (Bidirectional), or computes something else.',
  );
  both.dispose();
  expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
});

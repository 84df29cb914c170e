import { predictionBatch } from '../../src/models/predictionBatch';
import { tf } from '../../src/tensorflow/tf';

/** Its largest answer, of the convolution, is side × side × filters numbers of 4 bytes. */
function withMaps(side: number | null, filters: number): tf.LayersModel {
  const input = tf.input({ shape: [side, side, 3] });
  const maps = tf.layers.conv2d({ filters, kernelSize: 1 }).apply(input) as tf.SymbolicTensor;
  const mean = tf.layers.globalAveragePooling2d({ dataFormat: 'channelsLast' }).apply(maps);
  return tf.model({ inputs: input, outputs: mean as tf.SymbolicTensor });
}

test.each<[side: number | null, filters: number, megabytes: string, batch: number]>([
  [148, 16, '1.4, of which 45 fit into 64', 32],
  [254, 16, '4.1, of which 15 fit', 8],
  [112, 96, '4.8, of which 13 fit', 8],
  [1000, 16, '64, of which one fits', 1],
  [2000, 16, '256, of which none fits', 1],
  [null, 16, 'not known', 32],
])('maps of %p pixels and %i filters, in MB %s: %i pictures at once', (...given) => {
  const [side, filters, , batch] = given;
  const model = withMaps(side, filters);
  expect(predictionBatch(model)).toBe(batch);
  model.dispose();
});

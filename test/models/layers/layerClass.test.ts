import { layerClass } from '../../../src/models/layers/layerClass';
import { tf } from '../../../src/tensorflow/tf';

test('layerClass() gives the class behind a function of tfjs', () => {
  expect(tf.layers.flatten()).toBeInstanceOf(layerClass('Flatten'));
});

test('layerClass() throws where there is none', () => {
  expect(() => layerClass('Flat')).toThrow(
    'Cannot extend a layer of tfjs: there is none named Flat',
  );
});

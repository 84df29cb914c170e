import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../../src/saving/loadKeras';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

const SCRIPT = `
import keras, sys
from keras import layers
augmenting = keras.Sequential([layers.RandomHue(0.1, name='hue'), layers.RandomZoom(0.2, name='zoom'), layers.RandomShear(0.1, name='shear')])
m = keras.Sequential([keras.Input((4, 4, 3)), augmenting, layers.Flatten(),
    layers.Dense(2, kernel_constraint=keras.constraints.NonNeg(), name='bound'),
    layers.Dense(1, activity_regularizer=keras.regularizers.OrthogonalRegularizer(), activation='sigmoid', name='calm')], name='tutorial')
m.compile('sgd', 'binary_crossentropy')
m.save(sys.argv[1])
print('{}')
`;

test('a training that leaves something out says so once; a prediction says nothing', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const folder = await folderWith({});
  const file = path.join(folder, 'tutorial.keras');
  await runPython(SCRIPT, [file]);
  const model = await loadKeras(file);
  const [xs, ys] = [tf.ones([2, 4, 4, 3]), tf.ones([2, 1])];
  tf.dispose(model.predict(xs));
  expect(warn.mock.calls).toEqual([]);
  await model.fit(xs, ys, { epochs: 2, verbose: 0 });
  await model.trainOnBatch(xs, ys);
  expect(warn.mock.calls).toEqual([
    [
      'The model "tutorial" trains here without the augmentation of "hue", "shear", and without the constraints of "bound", and without the activity_regularizer of "calm": unlike Keras, tfjs applies none in training. Predictions do not need them.',
    ],
  ]);
  warn.mockRestore();
  tf.dispose([xs, ys]);
  model.dispose();
  await rm(folder, { recursive: true });
});

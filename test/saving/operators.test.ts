import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

const SCRIPT = `
import sys, json, numpy as np, keras
from keras import layers
folder = sys.argv[1]
i = keras.Input((2, 2, 3), name='img')
x = 1 - (2 * (i / 255.) - 0.5)
x = -keras.applications.mobilenet_v2.preprocess_input(255 * x) + i * 0.25
m = keras.Model({'img': i}, {'out': layers.Flatten()((x - i) * i)})
m.save(folder + '/operators.keras')
x = np.linspace(0, 2, 12).reshape(1, 2, 2, 3).astype('float32')
print(json.dumps(np.ravel(m.predict({'img': x}, verbose=0)['out']).tolist()))
`;

const AGAIN = `
import sys, json, numpy as np, keras
x = np.linspace(0, 2, 12).reshape(1, 2, 2, 3).astype('float32')
print(json.dumps(np.ravel(keras.models.load_model(sys.argv[1] + '/back.keras').predict(x, verbose=0)).tolist()))
`;

test('operators of the functional API, preprocess_input and inputs by name compute here what they do in Keras, and again there', async () => {
  const folder = await folderWith({});
  const expected = await runPython<number[]>(SCRIPT, [folder]);
  const model = await loadKeras(path.join(folder, 'operators.keras'));
  const predicted = tf.tidy(() => {
    const x = tf.linspace(0, 2, 12).reshape([1, 2, 2, 3]);
    return Array.from((model.predict(x) as tf.Tensor).dataSync());
  });
  predicted.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
  await saveKeras(model, path.join(folder, 'back.keras'));
  const again = await runPython<number[]>(AGAIN, [folder]);
  again.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
  expect([predicted.length, again.length]).toEqual([12, 12]);
  model.dispose();
  await rm(folder, { recursive: true });
});

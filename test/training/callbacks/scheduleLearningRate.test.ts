import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../../src/saving/loadKeras';
import { tf } from '../../../src/tensorflow/tf';
import { scheduleLearningRate } from '../../../src/training/callbacks/scheduleLearningRate';
import { keepCheckpoint } from '../../../src/training/checkpoints/keepCheckpoint';
import { resumeTraining } from '../../../src/training/checkpoints/resumeTraining';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

const SCRIPT = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras import optimizers as o
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
rng = np.random.default_rng(1)
x, y = rng.uniform(-1, 1, (8, 4)).astype('float32'), rng.uniform(-1, 1, (8, 2)).astype('float32')
told = {'x': x.tolist(), 'y': y.tolist(), 'weights': {}}
for name, optimizer in {
    'SGD': o.SGD(0.1), 'momentum': o.SGD(0.1, momentum=0.9), 'nesterov': o.SGD(0.1, momentum=0.9, nesterov=True),
    'RMSprop': o.RMSprop(0.1, momentum=0.5), 'Adagrad': o.Adagrad(0.1), 'Adam': o.Adam(0.1), 'Adamax': o.Adamax(0.1),
}.items():
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation='tanh'), keras.layers.Dense(2)])
    model.compile(optimizer, loss='mse')
    options = {'batch_size': 4, 'shuffle': False, 'verbose': 0}
    model.fit(x, y, epochs=2, **options)
    model.save(f'{sys.argv[1]}/{name}.keras')
    falling = keras.callbacks.LearningRateScheduler(lambda epoch: 0.1 * 0.3 ** epoch)
    model.fit(x, y, epochs=4, callbacks=[falling], **options)
    told['weights'][name] = [w.ravel().tolist() for w in model.get_weights()]
print(json.dumps(told))`;

const schedule = (epoch: number) => 0.1 * 0.3 ** epoch;
const options = { batchSize: 4, shuffle: false, verbose: 0 };
const weightsOf = (model: tf.LayersModel) =>
  model.getWeights().map((w) => Array.from(w.dataSync()));

test('with a rate that changes every optimizer takes the steps of Keras, also when it is resumed', async () => {
  const folder = await folderWith({});
  const { x, y, weights } = await runPython<{
    x: number[][];
    y: number[][];
    weights: Record<string, number[][]>;
  }>(SCRIPT, [folder]);
  const [xs, ys] = [tf.tensor2d(x), tf.tensor2d(y)];
  for (const [name, expected] of Object.entries(weights)) {
    const file = path.join(folder, `${name}.keras`);
    const checkpoint = path.join(folder, name);
    const model = await loadKeras(file);
    const kept = [scheduleLearningRate({ schedule }), keepCheckpoint({ folder: checkpoint })];
    await model.fit(xs, ys, { ...options, epochs: 2, callbacks: kept });
    const rest = { ...options, epochs: 4, initialEpoch: 2 };
    await model.fit(xs, ys, { ...rest, callbacks: [scheduleLearningRate({ schedule })] });
    const trained = weightsOf(model);
    trained.forEach((values, i) =>
      values.forEach((value, k) =>
        expect([name, value]).toEqual([name, expect.closeTo(expected[i]![k]!, 5)]),
      ),
    );

    const again = await loadKeras(file);
    await resumeTraining(again, checkpoint);
    await again.fit(xs, ys, { ...rest, callbacks: [scheduleLearningRate({ schedule })] });
    weightsOf(again).forEach((values, i) =>
      values.forEach((value, k) =>
        expect([name, value]).toEqual([name, expect.closeTo(trained[i]![k]!, 6)]),
      ),
    );
    model.dispose();
    again.dispose();
  }
  tf.dispose([xs, ys]);
  await rm(folder, { recursive: true });
});

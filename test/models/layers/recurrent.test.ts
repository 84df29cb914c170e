import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../../src/saving/loadKeras';
import { saveTfjs } from '../../../src/saving/saveTfjs';
import { openModel } from '../../../src/saving/loadClassifier';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

/**
 * Layers with one channel and one unit, and all that Keras can compute with them in training: each mask of a gate is 0 or 2
 * there, since half of the values are dropped.
 */
const SCRIPT = `
import itertools, json, sys, keras, numpy as np
from keras import layers as L
rng = np.random.default_rng(1)
x = np.array([[[0.5], [-1], [2]]], 'float32')
cases = {
    'SimpleRNN': (L.SimpleRNN, {}, 1), 'LSTM': (L.LSTM, {}, 4), 'GRU': (L.GRU, {}, 3), 'GRU before': (L.GRU, {'reset_after': False}, 3),
}
told = {}
for name, (layer_class, settings, gates) in cases.items():
    for drops in (['dropout'], ['recurrent_dropout'], ['dropout', 'recurrent_dropout']):
        layer = layer_class(1, **settings, **{drop: 0.5 for drop in drops}, name='it')
        model = keras.Sequential([keras.Input((3, 1)), layer])
        for v in model.weights: v.assign(rng.uniform(0.3, 1, v.shape))
        model.compile(keras.optimizers.SGD(0.0), 'mse')
        title = ' '.join([name, *drops])
        model.save(f'{sys.argv[1]}/{title}.keras')
        count = gates if 'recurrent_dropout' in drops else 1
        # All masks as one batch: one [n, 1] for each gate.
        masks = np.array(list(itertools.product([0.0, 2.0], repeat=count * len(drops))), 'float32').T[..., None]
        for i, drop in enumerate(drops):
            some = list(masks[i * count:][:count])
            # One mask stands in no list.
            some = some if count > 1 else some[0]
            setattr(layer.cell, '_dropout_mask' if drop == 'dropout' else '_recurrent_dropout_mask', some)
        given = np.repeat(x, masks.shape[1], axis=0)
        seen = {round(float(value), 5) for value in model(given, training=True)[:, 0]}
        told[title] = {'predicted': float(model(x)[0, 0]), 'trained': sorted(seen)}
print(json.dumps(told))
`;

let folder: string;
let told: Record<string, { predicted: number; trained: number[] }>;

beforeAll(async () => {
  folder = await folderWith({});
  told = await runPython(SCRIPT, [folder]);
});

afterAll(() => rm(folder, { recursive: true }));

test('recurrent layers drop in training what Keras does, differently each time, and nothing when they predict', async () => {
  const before = tf.memory().numTensors;
  for (const [title, { predicted, trained }] of Object.entries(told)) {
    const loaded = await loadKeras(path.join(folder, `${title}.keras`));
    await saveTfjs(loaded, path.join(folder, title));
    const { model } = await openModel(path.join(folder, title));
    const x = tf.tensor3d([[[0.5], [-1], [2]]]);
    const y = tf.tensor2d([[0]]);
    for (const one of [loaded, model]) {
      const [value] = tf.tidy(() => (one.predict(x) as tf.Tensor).dataSync());
      expect([title, value]).toEqual([title, expect.closeTo(predicted, 5)]);
      const outputs = Array.from(
        { length: 40 },
        () => tf.tidy(() => (one.apply(x, { training: true }) as tf.Tensor).dataSync())[0]!,
      );
      const strange = outputs.filter((output) => !isAmong(output, trained));
      expect([title, strange]).toEqual([title, []]);
      expect(new Set(outputs).size).toBeGreaterThan(1);
    }
    // As one graph; the loss is the square of the output.
    const losses: number[] = [];
    for (let step = 0; step < 40; step++) losses.push((await loaded.trainOnBatch(x, y)) as number);
    const strange = losses.filter((loss) => !trained.some((z) => Math.abs(z * z - loss) < 1e-4));
    expect([title, strange]).toEqual([title, []]);
    expect(new Set(losses).size).toBeGreaterThan(1);
    tf.dispose([x, y]);
    loaded.dispose();
    model.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('what is dropped of a series is the same at every step of it', async () => {
  const layer = tf.layers.simpleRNN({
    units: 8,
    activation: 'linear',
    dropout: 0.5,
    useBias: false,
    kernelInitializer: 'identity',
    recurrentInitializer: 'zeros',
    returnSequences: true,
    inputShape: [5, 8],
  });
  const model = tf.sequential({ layers: [layer] });
  tf.tidy(() => {
    const [first, ...others] = (
      model.apply(tf.ones([1, 5, 8]), { training: true }) as tf.Tensor3D
    ).arraySync()[0]!;
    expect(first!.every((value) => value === 0 || value === 2)).toBe(true);
    expect(others).toEqual([first, first, first, first]);
  });
  model.dispose();
});

function isAmong(value: number, known: readonly number[]): boolean {
  return known.some((one) => Math.abs(one - value) < 2e-5);
}

import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { convert } from '../../src/cli/convert';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { tf } from '../../src/tensorflow/tf';
import { smallClassifier } from '../support/classifier';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

let home: string;
const at = (name: string) => path.join(home, name);
const warnings: string[] = [];

/** By Keras itself: one NaN and one infinity; a whole model; one of finite weights whose sum is infinite. */
const MODELS = `
import sys, json, numpy as np, keras
from keras import layers
folder, = sys.argv[1:]
def model(name, kernel, bias):
    m = keras.Sequential([layers.Input((2,)), layers.Dense(2, name='first'), layers.Dense(1, activation='sigmoid', name='last')], name=name)
    m.layers[0].set_weights([np.array(kernel, 'float32'), np.zeros(2, 'float32')])
    m.layers[1].set_weights([np.ones((2, 1), 'float32'), np.array(bias, 'float32')])
    return m
spoiled = model('spoiled', [[1, float('nan')], [2, 3]], [float('inf')])
spoiled.save(folder + '/spoiled.keras')
spoiled.save(folder + '/spoiled.h5')
model('whole', [[1, 2], [2, 3]], [0]).save(folder + '/whole.keras')
model('large', [[3e38, 3e38], [3e38, 3e38]], [0]).save(folder + '/large.keras')
print(json.dumps(None))
`;

beforeAll(async () => {
  home = await folderWith({});
  await runPython(MODELS, [home]);
  const ours = smallClassifier(1);
  const [kernel, ...others] = ours.model.getWeights();
  const spoiled = tf.tidy(() => kernel!.mul(-Infinity));
  ours.model.setWeights([spoiled, ...others]);
  await saveClassifier(ours, at('ours'));
  spoiled.dispose();
  ours.model.dispose();
});
beforeEach(() => {
  warnings.length = 0;
  jest.spyOn(console, 'warn').mockImplementation((line: string) => void warnings.push(line));
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => rm(home, { recursive: true }));

const advice =
  'What it answers means nothing. Take one that was saved before, or train it anew; stopAtNaN() ends a training before its weights are lost.';

test.each(['spoiled.keras', 'spoiled.h5'])(
  'loadKeras() says once that weights of %s are not finite, with the first one’s name, and loads it',
  async (name) => {
    const before = tf.memory().numTensors;
    for (let i = 0; i < 2; i++) {
      const model = await loadKeras(at(name));
      tf.tidy(() => expect((model.predict(tf.ones([1, 2])) as tf.Tensor).dataSync()[0]).toBeNaN());
      model.dispose();
    }
    expect(warnings).toEqual([
      `The model in "${at(name)}" has weights that are not finite: "first/kernel" holds NaN, and 1 more are not finite. ${advice}`,
    ]);
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('loadClassifier() says it of a folder of our own', async () => {
  const { model } = await loadClassifier(at('ours'));
  model.dispose();
  expect(warnings).toEqual([
    expect.stringMatching(
      /^The model in ".*ours" has weights that are not finite: "[^"]*kernel" holds (?:NaN|Infinity)\. What/,
    ),
  ]);
});

test('convert says it, and writes the model', async () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const [from, to] = [at('in.keras'), at('out.h5')];
  await copyFile(at('spoiled.keras'), from);
  await convert(from, to);
  expect(warnings).toEqual([
    expect.stringContaining(
      `The model in "${from}" has weights that are not finite: "first/kernel"`,
    ),
  ]);
  const isNaN = await runPython<boolean[][]>(
    'import sys, json, keras, numpy; print(json.dumps(numpy.isnan(keras.models.load_model(sys.argv[1]).get_weights()[0]).tolist()))',
    [to],
  );
  expect(isNaN).toEqual([
    [false, true],
    [false, false],
  ]);
});

test.each(['whole.keras', 'large.keras'])('nothing is said of finite weights: %s', async (name) => {
  (await loadKeras(at(name))).dispose();
  expect(warnings).toEqual([]);
});

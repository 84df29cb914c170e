import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { kerasAdam } from '../../src/tensorflow/kerasAdam';
import { loadClassifier, openModel } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { compiled, type Ended, smileLabInTurn } from '../support/children';
import { predictionOf, smallClassifier } from '../support/classifier';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

let home: string;
const classifier = smallClassifier(1);
const at = (name: string) => path.join(home, name);

const CONVERSIONS: Array<[from: string, to: string]> = [
  ['run', 'a.keras'],
  ['run/model.json', 'a.h5'],
  ['mine.keras', 'b.h5'],
  ['mine.keras', 'new/b'],
  ['mine.keras', 'again.keras'],
  ['mine.h5', 'c.keras'],
  ['mine.h5', 'c/model.json'],
  ['run', 'notes'],
];
const FOREIGN: Array<[from: string, to: string]> = [
  ['theirs.keras', 'd.h5'],
  ['theirs.h5', 'd'],
];
/** A model of others whose loss alone tells that what it gives are no logits. */
const COMPILED: Array<[from: string, to: string, said: string]> = [
  ['linear.keras', 'linear.h5', 'not compiled, its loss and optimizer noted'],
  ['linear.keras', 'linear', 'not compiled, its loss and optimizer noted'],
  ['linear.keras', 'linear-again.keras', 'compiled as it was'],
  ['linear', 'linear-back.keras', 'compiled as it was, its optimizer anew'],
  ['linear.h5', 'linear-again.h5', 'not compiled, its loss and optimizer noted'],
  ['linear-again.h5', 'linear-third.keras', 'compiled as it was, its optimizer anew'],
];
const FAILURES: Array<[from: string, to: string, message: string]> = [
  [
    'run',
    'mine.keras',
    'Cannot save the model to "mine.keras": there is a file already, and convert replaces none',
  ],
  [
    'mine.h5',
    'mine.h5',
    'Cannot save the model to "mine.h5": there is a file already, and convert replaces none',
  ],
  [
    'mine.h5',
    'run',
    'Cannot save the model to "run": the folder holds a model already, and convert replaces none',
  ],
  [
    'run',
    'model.pb',
    'Cannot write a model to "model.pb": a name that ends in .keras, .h5, .tflite or .onnx is required, or that of a folder for tfjs\'s format',
  ],
  [
    'nowhere',
    'e.h5',
    'Cannot load a model from "nowhere": a folder with a model.json, or a model.json, is required, and nothing is there',
  ],
  [
    'cut off.keras',
    'e.keras',
    'Cannot load a Keras model from "cut off.keras": it is damaged or dangerous',
  ],
];
let outcomes: Promise<Ended>[];
let before: string[];

beforeAll(async () => {
  await compiled();
  home = await folderWith({ 'notes/mine.txt': 'mine' });
  const [xs, ys] = [tf.ones([1, 4, 4, 3]), tf.ones([1, 1])];
  classifier.model.compile({ optimizer: kerasAdam(), loss: 'binaryCrossentropy' });
  await classifier.model.trainOnBatch(xs, ys);
  tf.dispose([xs, ys]);
  await saveClassifier(classifier, at('run'));
  for (const type of ['keras', 'h5']) {
    await saveKeras(classifier, at(`mine.${type}`));
    await saveKeras(classifier.model, at(`theirs.${type}`));
  }
  const linear = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [4, 4, 3] }),
      tf.layers.dense({ units: 1, kernelInitializer: 'ones' }),
    ],
  });
  linear.compile({ optimizer: kerasAdam(0.25), loss: 'meanSquaredError', metrics: ['mae'] });
  await saveKeras(linear, at('linear.keras'));
  linear.dispose();
  const archive = await readFile(at('mine.keras'));
  await writeFile(at('cut off.keras'), archive.subarray(0, 1000));
  before = await Promise.all(['mine.keras', 'mine.h5', 'run/model.json'].map(contentOf));
  outcomes = smileLabInTurn(
    [...CONVERSIONS, ...FOREIGN, ...COMPILED, ...FAILURES].map(([from, to]) => [
      'convert',
      from,
      to,
    ]),
    { cwd: home },
  );
});

afterAll(async () => {
  classifier.model.dispose();
  await rm(home, { recursive: true });
});

const contentOf = (name: string) => readFile(at(name), 'base64');

test.each(CONVERSIONS.map(([from, to], i) => [from, to, i] as const))(
  'smile-lab convert %s %s keeps predictions, class names and input',
  async (_, to, i) => {
    expect(await outcomes[i]).toMatchObject({ status: 0, stderr: '' });
    const converted = await loadClassifier(at(to));
    expect(converted).toEqual({ ...classifier, model: expect.any(tf.LayersModel) });
    expect(predictionOf(converted)).toEqual(predictionOf(classifier));
    converted.model.dispose();
  },
);

test.each(FOREIGN.map(([from, to], i) => [from, to, i] as const))(
  'smile-lab convert %s %s takes a model without class names',
  async (_, to, i) => {
    const { stdout } = await outcomes[CONVERSIONS.length + i]!;
    const reader = to.endsWith('.h5') ? ' Keras 2 and Keras 3 open it.' : '';
    expect(stdout.endsWith(`. It names no classes.${reader}\n`)).toBe(true);
    const { model, smileLab: metadata } = await openModel(at(to));
    expect(metadata).toBeUndefined();
    expect(predictionOf({ ...classifier, model })).toEqual(predictionOf(classifier));
    model.dispose();
  },
);

test.each(COMPILED.map(([from, to, said], i) => [from, to, said, i] as const))(
  'smile-lab convert %s %s keeps how a model without class names was compiled: %s',
  async (_, to, said, i) => {
    const { stdout } = await outcomes[CONVERSIONS.length + FOREIGN.length + i]!;
    expect(
      stdout.startsWith(`Wrote ${to === 'linear' ? 'linear/model.json' : to}, ${said}. It`),
    ).toBe(true);
    const { model, fromLogits } = await loadClassifier(at(to), {
      classNames: ['happy', 'sad'],
      input: { rescale: 'none' },
    });
    expect(fromLogits).toBe(false);
    model.dispose();
    if (to === 'linear') return;
    const again = await loadKeras(at(to));
    expect([again.loss, again.metricsNames]).toEqual(['meanSquaredError', ['loss', 'mae']]);
    expect(again.optimizer.getConfig()).toMatchObject({ learningRate: 0.25 });
    again.dispose();
  },
);

test('Keras trains on what smile-lab convert wrote, as it was compiled', async () => {
  await Promise.all(outcomes);
  // One step of Adam away from the zeros that the sum of 48 ones stands beside; before it the error is 48.
  const told = await runPython<number[][]>(
    `import json, sys, numpy as np, keras
x, y = np.ones((1, 4, 4, 3)), np.zeros((1, 1))
models = [keras.models.load_model(file) for file in sys.argv[1:]]
print(json.dumps([[float(np.ravel(value)[0]) for value in (m.train_on_batch(x, y)[1], m.predict_on_batch(x))] for m in models]))`,
    ['linear-back.keras', 'linear-third.keras'].map(at),
  );
  // Adam's first step is its learning rate: each of 48 weights and the bias become 0.25 less.
  for (const [error, after] of told) {
    expect([error, after]).toEqual([48, expect.closeTo(48 - 0.25 * 49, 3)]);
  }
});

test('smile-lab convert keeps the optimizer from .keras to .keras', async () => {
  const place = CONVERSIONS.findIndex(([, to]) => to === 'again.keras');
  expect((await outcomes[place]!).stdout).toBe('Wrote again.keras, compiled as it was.\n');
  const [again, mine] = await Promise.all(
    ['again.keras', 'mine.keras'].map((file) => loadKeras(at(file))),
  );
  // The second step of Adam depends on the moments of the first one.
  const [xs, ys] = [tf.ones([1, 4, 4, 3]), tf.zeros([1, 1])];
  await again!.trainOnBatch(xs, ys);
  await mine!.trainOnBatch(xs, ys);
  const predictions = [again!, mine!].map((model) => predictionOf({ ...classifier, model }));
  expect(predictions[0]).toEqual(predictions[1]);
  expect(predictions[0]).not.toEqual(predictionOf(classifier));
  tf.dispose([xs, ys]);
  for (const model of [again!, mine!]) model.dispose();
});

test.each(FAILURES.map(([from, to, message], i) => [from, to, message, i] as const))(
  'smile-lab convert %s %s fails with one sentence',
  async (_, __, message, i) => {
    const { status, stdout, stderr } =
      await outcomes[CONVERSIONS.length + FOREIGN.length + COMPILED.length + i]!;
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr.trimEnd()).not.toContain('\n');
  },
);

test('smile-lab convert overwrites nothing, and leaves nothing half', async () => {
  await Promise.all(outcomes);
  expect(await Promise.all(['mine.keras', 'mine.h5', 'run/model.json'].map(contentOf))).toEqual(
    before,
  );
  expect(await readFile(at('notes/mine.txt'), 'utf8')).toBe('mine');
  const names = await readdir(home);
  expect(names.filter((name) => name.startsWith('.') || name.startsWith('e.'))).toEqual([]);
});

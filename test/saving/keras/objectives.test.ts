import { rm } from 'node:fs/promises';
import path from 'node:path';

import { evaluateClassifier } from '../../../src/evaluation/evaluateClassifier';
import { kerasMetricNames } from '../../../src/saving/keras/kerasMetricNames';
import { loadKeras } from '../../../src/saving/loadKeras';
import { saveKeras } from '../../../src/saving/saveKeras';
import { tf } from '../../../src/tensorflow/tf';
import { opByOp } from '../../support/graph';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

// Every loss with every activation at the end of a network, as a name and as an object, and every metric that fits.
const SCRIPT = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras import layers, losses, metrics
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
folder = sys.argv[1]
rng = np.random.default_rng(3)
x = rng.normal(size=(12, 4)).astype('float32')
places = rng.integers(0, 3, 12)
one_hot = np.eye(3, dtype='float32')[places]
truth = rng.integers(0, 2, 12)
told = {}
def add(name, units, activation, loss, y, measured):
    measured = [m() if callable(m) else m for m in measured]  # Each counts for itself
    m = keras.Sequential([keras.Input((4,)), layers.Dense(units, bias_initializer=keras.initializers.Constant(0.3), activation=activation)])
    m.layers[-1].kernel.assign(rng.normal(size=(4, units)))
    m.compile(keras.optimizers.SGD(0.5), loss, metrics=measured)
    file = f'{folder}/{len(told)}.keras'
    m.save(file)
    first = m.test_on_batch(x, y, return_dict=True)
    history = []
    for _ in range(4):
        m.reset_metrics()
        history.append(float(m.train_on_batch(x, y, return_dict=True)['loss']))
    first = {name: float(value) for name, value in first.items()}
    told[name] = {'file': file, 'y': y.tolist(), 'first': list(first.items()), 'losses': history}
binary = ['accuracy', 'binary_accuracy', lambda: metrics.BinaryAccuracy(name='mine'), lambda: metrics.BinaryAccuracy(threshold=0.0, name='above'), lambda: metrics.Accuracy(name='equal'), 'mse', 'mae']
for activation in ('sigmoid', 'linear'):
    for loss in ('binary_crossentropy', losses.BinaryCrossentropy(), losses.BinaryCrossentropy(from_logits=True), 'mse', losses.MeanAbsoluteError()):
        kind = loss if isinstance(loss, str) else type(loss).__name__ + str(getattr(loss, 'from_logits', ''))
        add(f'1 {activation}, {kind}, [n]', 1, activation, loss, truth, binary)
        add(f'1 {activation}, {kind}, [n, 1]', 1, activation, loss, truth[:, None].astype('float32'), ['acc', 'binary_crossentropy'])
several = ['acc', 'categorical_accuracy', 'binary_accuracy', lambda: metrics.CategoricalAccuracy(name='mine'), metrics.Accuracy, 'categorical_crossentropy', lambda: metrics.MeanSquaredError(name='error')]
sparse = ['accuracy', 'sparse_categorical_accuracy', lambda: metrics.SparseCategoricalAccuracy(name='mine'), 'sparse_categorical_crossentropy']
for activation in ('sigmoid', 'softmax', 'linear'):
    for loss in ('binary_crossentropy', losses.BinaryCrossentropy(from_logits=True), 'categorical_crossentropy', losses.CategoricalCrossentropy(from_logits=True), losses.MeanSquaredError()):
        kind = loss if isinstance(loss, str) else type(loss).__name__ + str(getattr(loss, 'from_logits', ''))
        add(f'3 {activation}, {kind}', 3, activation, loss, one_hot, several)
    for loss in ('sparse_categorical_crossentropy', losses.SparseCategoricalCrossentropy(from_logits=True)):
        kind = loss if isinstance(loss, str) else type(loss).__name__
        add(f'3 {activation}, {kind}, [n]', 3, activation, loss, places, sparse)
        add(f'3 {activation}, {kind}, [n, 1]', 3, activation, loss, places[:, None], ['accuracy'])
print(json.dumps({'x': x.tolist(), 'told': told}))
`;

interface Told {
  x: number[][];
  told: Record<
    string,
    { file: string; y: number[] | number[][]; first: Array<[string, number]>; losses: number[] }
  >;
}

let folder: string;
let keras: Told;

beforeAll(async () => {
  folder = await folderWith({});
  keras = await runPython<Told>(SCRIPT, [folder]);
});

afterAll(() => rm(folder, { recursive: true }));

/** To 5e-6, and of a value above 1 to 5e-6 of its power of ten: the losses of the linear ones grow to 188 as they train. */
const close = (values: readonly number[]) =>
  values.map((value) => {
    const order = Math.floor(Math.log10(Math.max(1, Math.abs(value))));
    return expect.closeTo(value, 5 - order) as number;
  });

/** Evaluates and trains as the script does, three ways of evaluating that must agree. */
async function measured(name: string) {
  const { file, y } = keras.told[name]!;
  const model = await loadKeras(file);
  const isInt = !(Array.isArray(y[0]) && y[0].length === 3);
  const [xs, ys] = [tf.tensor2d(keras.x), tf.tensor(y, undefined, isInt ? 'int32' : 'float32')];
  const batch = () => tf.data.array([{ xs: xs.clone(), ys: ys.clone() }]);
  const values = async (results: tf.Scalar | tf.Scalar[]) =>
    Promise.all([results].flat().map(async (result) => (await result.data())[0]!));

  const first = await values(model.evaluate(xs, ys) as tf.Scalar[]);
  const again = await values((await model.evaluateDataset(batch(), {})) as tf.Scalar[]);
  const classNames = ['a', 'b', 'c'].slice(0, Math.max(2, model.outputs[0]!.shape[1]!));
  const { loss } = await evaluateClassifier(
    { model, classNames },
    batch() as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>,
  );
  const names = kerasMetricNames(model);
  const logged = ['loss', ...names.values()];
  const saved = await saveKeras(model, path.join(folder, `again-${path.basename(file)}`), {
    overwrite: true,
  });
  const settings = { epochs: 4, batchSize: 12, shuffle: false, verbose: 0 };
  const { history } = await model.fit(xs, ys, settings);
  model.dispose();
  tf.dispose([xs, ys]);
  return { first, again, loss, logged, saved, losses: history['loss'] as number[] };
}

test('losses and metrics that come from Keras give the numbers that it gives, evaluated and trained on', async () => {
  const seen: unknown[] = [];
  const wanted: unknown[] = [];
  for (const [name, { first, losses }] of Object.entries(keras.told)) {
    const mine = await measured(name);
    const named = (values: number[]) => mine.logged.map((one, i) => [one, values[i]]).sort();
    seen.push([name, named(mine.first), named(mine.again), mine.loss, mine.losses]);
    const all = first.map(([metric, value]) => [metric, close([value])[0]]).sort();
    const loss = new Map(first).get('loss')!;
    wanted.push([name, all, all, close([loss])[0], close(losses)]);
  }
  expect(seen).toEqual(wanted);
});

test('they are the same op by op', async () => {
  for (const name of [
    '3 softmax, binary_crossentropy',
    '3 sigmoid, sparse_categorical_crossentropy, [n]',
  ]) {
    const { first, losses } = await opByOp(() => measured(name));
    expect(first[0]).toBeCloseTo(keras.told[name]!.losses[0]!, 5);
    expect(losses).toEqual(close(keras.told[name]!.losses));
  }
});

test('a metric keeps its own name on the way back to Keras, and is what it was', async () => {
  const names = [
    '1 sigmoid, binary_crossentropy, [n]',
    '3 softmax, categorical_crossentropy',
    '3 linear, SparseCategoricalCrossentropy, [n]',
  ];
  const files: string[] = [];
  for (const name of names) files.push(keras.told[name]!.file, (await measured(name)).saved);
  const told = await runPython<unknown[]>(
    `import json, sys, zipfile
print(json.dumps([(lambda c: [c['loss'], c['metrics']])(json.loads(zipfile.ZipFile(f).read('config.json'))['compile_config']) for f in sys.argv[1:]]))`,
    files,
  );
  for (let i = 0; i < told.length; i += 2) expect(told[i + 1]).toEqual(told[i]);
});

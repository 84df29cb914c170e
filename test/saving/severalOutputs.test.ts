import { rm } from 'node:fs/promises';
import path from 'node:path';

import { evaluateClassifier } from '../../src/evaluation/evaluateClassifier';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith, png } from '../support/pictures';

const SCRIPT = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras import layers as L
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
folder, what = sys.argv[1:]
rng = np.random.default_rng(1)
x = rng.uniform(0, 255, (6, 4, 4, 3)).astype('float32')
extra = rng.normal(size=(6, 2)).astype('float32')
mood = rng.integers(0, 2, 6)
who = np.eye(3, dtype='float32')[rng.integers(0, 3, 6)]
several = ['binary_crossentropy', 'categorical_crossentropy']
ways = {
    'list': ([0, 1], several, [['accuracy'], ['accuracy', 'mae']], [mood, who]),
    'one for all': ([0, 1], 'mse', None, [mood[:, None], who]),
    # The names of the outputs are those of each other's layers.
    'names': ({'who': 0, 'mood': 1}, {'who': several[0], 'mood': several[1]}, {'mood': 'accuracy', 'who': ['mae', keras.metrics.Precision()]}, {'who': mood, 'mood': who}),
    'not compiled': ([0, 1], None, None, None),
    # Twice a model that has several outputs, one of which is the whole model's.
    'within': ([0, 1], None, None, None),
    'inputs': (0, 'binary_crossentropy', ['accuracy'], mood),
    'weighed': ([0, 1], several, [['accuracy'], None], [mood, who]),
    'weighed names': ({'who': 0, 'mood': 1}, {'who': several[0], 'mood': several[1]}, None, {'who': mood, 'mood': who}),
    'weighed, one': (0, 'binary_crossentropy', ['accuracy'], mood),
}
more = {
    'weighed': {'loss_weights': [0.5, 2.0], 'weighted_metrics': [['mae'], ['accuracy', 'mse']]},
    'weighed names': {'loss_weights': {'mood': 0.0, 'who': 3.0}, 'weighted_metrics': {'who': ['mse'], 'mood': ['accuracy']}},
    # The accuracy is there twice, with the same value.
    'weighed, one': {'loss_weights': [0.25], 'weighted_metrics': ['accuracy', 'mae']},
}
told = {}
for name, (outputs, loss, metrics, y) in ways.items():
    if what == 'save':
        keras.utils.set_random_seed(1)
        a, b = keras.Input((4, 4, 3), name='img'), keras.Input((2,), name='extra')
        flat = L.Flatten()(L.Rescaling(1 / 255.)(a))
        ends = [L.Dense(1, activation='sigmoid', name='mood')(L.Concatenate()([flat, b]) if name == 'inputs' else flat), L.Dense(3, activation='softmax', name='who')(flat)]
        if name == 'within':
            c = keras.Input((4, 4, 3))
            inner = keras.Model(c, [L.Conv2D(2, 1)(c), L.Conv2D(3, 1)(c)], name='inner')
            first, second = inner(a)
            third, ends[1] = inner(L.Conv2D(3, 1)(second))
            ends[0] = L.Concatenate()([first, third])
        m = keras.Model([a, b] if name == 'inputs' else a, keras.tree.map_structure(lambda i: ends[i], outputs))
        if loss: m.compile(keras.optimizers.SGD(0.05), loss, metrics=metrics, **more.get(name, {}))
        m.save(f'{folder}/{name}.keras')
        m.save(f'{folder}/{name}.h5')
    else:
        m = keras.models.load_model(f'{folder}/{name}-back.keras')
    xs = [x, extra] if name == 'inputs' else x
    if what == 'back' and isinstance(outputs, dict): y = [who, mood]  # They have no names any more, and stand in their order
    predicted = [np.ravel(p).tolist() for p in keras.tree.flatten(m(xs))]
    results = [float(v) for v in m.test_on_batch(xs, y)] if loss and what == 'save' else []
    steps = [[float(v) for v in np.ravel(m.train_on_batch(xs, y))] for _ in range(3)] if loss else []
    losses, first = [step[0] for step in steps], sorted(steps[0]) if name in more else []
    told[name] = {'predicted': predicted, 'results': results, 'losses': losses, 'first': first, 'compiled': m.get_compile_config() if name in more and what == 'back' else None}
print(json.dumps({'x': [x.tolist(), extra.tolist()], 'y': [mood.tolist(), who.tolist()], 'told': told}))
`;

interface Told {
  x: [number[][][][], number[][]];
  y: [number[], number[][]];
  told: Record<
    string,
    {
      predicted: number[][];
      results: number[];
      losses: number[];
      /** All values of the first step. */
      first: number[];
      compiled: Record<string, unknown> | null;
    }
  >;
}

let folder: string;
let keras: Told;
// That a precision is not shown in training is told on loading.
const warn = jest.spyOn(console, 'warn').mockImplementation();

beforeAll(async () => {
  folder = await folderWith({});
  keras = await runPython<Told>(SCRIPT, [folder, 'save']);
});

afterAll(async () => {
  expect(
    warn.mock.calls.every(([sentence]) => /compiled with Precision/.test(String(sentence))),
  ).toBe(true);
  await rm(folder, { recursive: true });
});

/** To six digits of the largest, and five behind the point: of 252 float32 knows steps of 1.5e-5, and sums of such are rounded so. */
const close = (values: readonly number[]) => {
  const before = Math.ceil(Math.log10(Math.max(1, ...values.map(Math.abs))));
  return values.map((value) => expect.closeTo(value, Math.min(5, 6 - before)) as number);
};

test.each(['.keras', '.h5'])(
  'a model with several outputs or inputs predicts, is measured and trains on as in Keras: %s',
  async (ending) => {
    const [pictures, extra] = [tf.tensor4d(keras.x[0]), tf.tensor2d(keras.x[1])];
    const [mood, who] = [tf.tensor1d(keras.y[0]), tf.tensor2d(keras.y[1])];
    const seen: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    const values = (tensors: tf.Tensor | tf.Tensor[]) =>
      [tensors].flat().map((tensor) => Array.from(tensor.dataSync()));
    for (const [name, { predicted, results, losses, first }] of Object.entries(keras.told)) {
      const model = await loadKeras(path.join(folder, name + ending));
      const x = name === 'inputs' ? [pictures, extra] : pictures;
      // Outputs with names come in the order of these.
      const y = name.endsWith('names') ? [who, mood] : [mood, who];
      const ys = model.outputs.length === 1 ? mood : y;
      const measured: number[] = [];
      const history: number[] = [];
      const ofFirst: number[] = [];
      const outputs = tf.tidy(() => values(model.predict(x)));
      if (losses.length > 0) {
        const told = model.evaluate(x, ys) as tf.Scalar[];
        measured.push(...values(told).flat());
        tf.dispose(told);
        if (ending === '.keras') await saveKeras(model, path.join(folder, `${name}-back.keras`));
        for (let step = 0; step < losses.length; step++) {
          const values = [(await model.trainOnBatch(x, ys)) as number | number[]].flat();
          history.push(values[0]!);
          if (step === 0 && first.length > 0) ofFirst.push(...values);
        }
      } else if (ending === '.keras') {
        await saveKeras(model, path.join(folder, `${name}-back.keras`));
      }
      seen[name] = [outputs, measured.sort(), history, ofFirst.sort()];
      // What counts over all batches is not measured here: of "names" the precision, which is 0.
      const all = results.filter((result) => name !== 'names' || result !== 0);
      const once = (values: number[]) => close([...new Set(values)].sort());
      wanted[name] = [predicted.map(close), once(all), close(losses), once(first)];
      model.dispose();
    }
    expect(seen).toEqual(wanted);
    tf.dispose([pictures, extra, mood, who]);
  },
);

test('it goes back to Keras with its outputs, losses and metrics, and trains on there', async () => {
  const { told } = await runPython<Told>(SCRIPT, [folder, 'back']);
  const wanted = Object.entries(keras.told).map(([name, { predicted, losses, first }]) => {
    const compiled = first.length > 0 ? (expect.anything() as unknown) : null;
    const same = { losses: close(losses), first: close(first), compiled };
    return [name, { predicted: predicted.map(close), results: [], ...same }];
  });
  expect(told['weighed']!.compiled).toMatchObject({
    loss_weights: [0.5, 2],
    metrics: [['accuracy'], []],
    weighted_metrics: [['mae'], ['accuracy', 'mse']],
  });
  expect(told['weighed names']!.compiled!['loss_weights']).toEqual([0, 3]);
  expect(told['weighed, one']!.compiled).toMatchObject({
    loss_weights: 0.25,
    weighted_metrics: ['accuracy', 'mae'],
  });
  expect(told).toEqual(Object.fromEntries(wanted));
});

test('what needs one output, or pictures alone, is refused by a sentence that names all', async () => {
  const outputs =
    'a classifier must have one output, and the model "functional" has 2: "mood" [any,1], "who" [any,3]; a model of one of them does, as tf.model({ inputs: model.inputs, outputs: model.outputs[0] }), in Python keras.Model(model.inputs, model.outputs[0])';
  const classNames = ['happy', 'sad'];
  const file = path.join(folder, 'list.keras');
  await expect(loadClassifier(file, { classNames })).rejects.toThrow(`${file}": ${outputs}`);
  const inputs = path.join(folder, 'inputs.keras');
  await expect(loadClassifier(inputs, { classNames })).rejects.toThrow(
    'it must take pictures [any,height,width,channels] of 1, 3 or 4 channels, and takes "img" [any,4,4,3] and "extra" [any,2]',
  );
  const model = await loadKeras(file);
  const classifier = {
    model,
    classNames,
    input: { imageSize: [4, 4] as [number, number], rescale: { scale: 1 } },
  };
  await expect(predictPicture(classifier, await png())).rejects.toThrow(
    `Cannot predict: ${outputs}`,
  );
  await expect(evaluateClassifier(classifier, tf.data.array([]))).rejects.toThrow(
    `Cannot evaluate the model: ${outputs}`,
  );
  await expect(saveKeras(classifier, path.join(folder, 'no.keras'))).rejects.toThrow(outputs);
  model.dispose();
});

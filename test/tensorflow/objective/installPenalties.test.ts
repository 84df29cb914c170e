import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { evaluateClassifier } from '../../../src/evaluation/evaluateClassifier';
import { loadKeras } from '../../../src/saving/loadKeras';
import { tf } from '../../../src/tensorflow/tf';
import { keepBestWeights } from '../../../src/training/callbacks/keepBestWeights';
import { runPython } from '../../support/keras';

interface Told {
  xs: number[][];
  ys: number[][];
  losses: Record<string, { evaluated: number; loss: number[]; val_loss: number[] }>;
}

const MODELS = `
import json, sys
import numpy as np, keras, tensorflow as tf
from keras import layers as L, regularizers as R
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
keras.utils.set_random_seed(1)
dense = lambda units, **more: L.Dense(units, "tanh", kernel_regularizer=R.L1L2(0.02, 0.03), bias_regularizer=R.L2(0.1), bias_initializer="ones", **more)
out = lambda: L.Dense(1, "sigmoid", kernel_regularizer=R.L2(0.05))
def sequential():
    return keras.Sequential([keras.Input((4,)), dense(5), out()])
def frozen():
    return keras.Sequential([keras.Input((4,)), dense(5, trainable=False), out()])
def shared():
    x = keras.Input((4,)); same = dense(4)
    return keras.Model(x, out()(same(same(x))))
def inner(trainable):
    x = keras.Input((4,))
    part = keras.Sequential([keras.Input((4,)), dense(3), dense(3)])
    part.trainable = trainable
    return keras.Model(x, out()(part(x)))
def several():
    x = keras.Input((4,)); y = dense(3)(x)
    return keras.Model(x, [L.Dense(1, "sigmoid", name="a")(y), L.Dense(1, "sigmoid", kernel_regularizer=R.L1(0.1), name="b")(y)])
def recurrent():
    x = keras.Input((4,))
    y = L.Bidirectional(L.SimpleRNN(2, kernel_regularizer=R.L2(0.1), recurrent_regularizer=R.L1(0.1)))(L.Reshape((2, 2))(x))
    return keras.Model(x, out()(y))
models = {"sequential": sequential(), "frozen": frozen(), "shared": shared(), "inner": inner(True), "frozen inner": inner(False), "several": several(), "recurrent": recurrent()}
random = np.random.default_rng(1)
xs = random.normal(size=(12, 4)).astype("float32")
ys = (xs.sum(1, keepdims=True) > 0).astype("float32")
losses = {}
for name, model in models.items():
    targets = [ys, ys] if name == "several" else ys
    model.compile(keras.optimizers.SGD(0.1), ["binary_crossentropy"] * 2 if name == "several" else "binary_crossentropy")
    model.save(f"{sys.argv[1]}/{name}.keras")
    evaluated = model.evaluate(xs, targets, verbose=0)
    history = model.fit(xs, targets, batch_size=5, shuffle=False, epochs=3, validation_data=(xs, targets), verbose=0).history
    losses[name] = {"evaluated": float(np.ravel(evaluated)[0]), "loss": history["loss"], "val_loss": history["val_loss"]}
print(json.dumps({"xs": xs.tolist(), "ys": ys.tolist(), "losses": losses}))`;

let folder: string;
let told: Told;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  told = await runPython<Told>(MODELS, [folder]);
});
afterAll(() => rm(folder, { recursive: true }));

const load = (name: string) => loadKeras(path.join(folder, `${name}.keras`));

test.each(['sequential', 'frozen', 'shared', 'inner', 'frozen inner', 'several', 'recurrent'])(
  'a model that is %s has the losses of Keras with its penalties, trained, evaluated and validated',
  async (name) => {
    const model = await load(name);
    const [xs, labels] = [tf.tensor2d(told.xs), tf.tensor2d(told.ys)];
    const ys = name === 'several' ? [labels, labels] : labels;
    const keras = told.losses[name]!;
    const evaluated = [model.evaluate(xs, ys, { batchSize: 5 })].flat()[0] as tf.Scalar;
    expect(evaluated.dataSync()[0]).toBeCloseTo(keras.evaluated, 5);
    const { history } = await model.fit(xs, ys, {
      batchSize: 5,
      shuffle: false,
      epochs: 3,
      validationData: [xs, ys],
      verbose: 0,
    });
    keras.loss.forEach((loss, i) => expect(history['loss']![i]).toBeCloseTo(loss, 5));
    keras.val_loss.forEach((loss, i) => expect(history['val_loss']![i]).toBeCloseTo(loss, 5));
  },
);

test('data sets, a model without a graph and evaluateClassifier measure the same', async () => {
  const model = await load('sequential');
  const { evaluated } = told.losses['sequential']!;
  const batch = { xs: tf.tensor2d(told.xs), ys: tf.tensor2d(told.ys) };
  const loss = (await model.evaluateDataset(tf.data.array([batch]), {})) as tf.Scalar;
  expect(loss.dataSync()[0]).toBeCloseTo(evaluated, 5);
  const classifier = { model, classNames: ['a', 'b'] };
  const evaluation = await evaluateClassifier(classifier, tf.data.array([batch]));
  expect(evaluation.loss).toBeCloseTo(evaluated, 5);
  const { SMILE_GRAPH: before } = process.env;
  process.env['SMILE_GRAPH'] = '0';
  try {
    const byOps = model.evaluate(batch.xs, batch.ys) as tf.Scalar;
    expect(byOps.dataSync()[0]).toBeCloseTo(evaluated, 5);
  } finally {
    if (before === undefined) delete process.env['SMILE_GRAPH'];
    else process.env['SMILE_GRAPH'] = before;
  }
});

test('a layer that is frozen after an evaluation no longer counts in the next one', async () => {
  const model = await load('sequential');
  const [xs, ys] = [tf.tensor2d(told.xs), tf.tensor2d(told.ys)];
  const measure = () => (model.evaluate(xs, ys) as tf.Scalar).dataSync()[0]!;
  const losses = [measure(), measure(), measure()];
  const [layer] = model.layers.filter(({ losses }) => losses.length > 0);
  const penalties = layer!.calculateLosses().map((penalty) => penalty.dataSync()[0]!);
  layer!.trainable = false;
  const left = losses[2]! - penalties.reduce((a, b) => a + b);
  for (let i = 0; i < 3; i++) expect(measure()).toBeCloseTo(left, 5);
});

test('an evaluation leaves no tensors behind', async () => {
  const model = await load('sequential');
  const batch = { xs: tf.tensor2d(told.xs), ys: tf.tensor2d(told.ys) };
  const measure = async () => {
    tf.dispose(model.evaluate(batch.xs, batch.ys));
    await evaluateClassifier({ model, classNames: ['a', 'b'] }, tf.data.array([batch]));
  };
  await measure();
  const { numTensors } = tf.memory();
  for (let i = 0; i < 3; i++) await measure();
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('the best weights are those whose loss with the penalties is lowest', async () => {
  // The weight comes from -2 towards 0: its penalty falls from 4, and the crossentropy of the labels 0 rises from 0.13.
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 1,
        inputShape: [1],
        activation: 'sigmoid',
        useBias: false,
        kernelInitializer: tf.initializers.constant({ value: -2 }),
        kernelRegularizer: tf.regularizers.l2({ l2: 1 }),
      }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'binaryCrossentropy' });
  const xs = tf.tensor2d([[1], [1]]);
  const validationData: [tf.Tensor, tf.Tensor] = [xs, tf.tensor2d([[0], [0]])];
  const told: string[] = [];
  const callbacks = [keepBestWeights({ print: (line) => void told.push(line) })];
  const { history } = await model.fit(xs, tf.tensor2d([[0], [1]]), {
    epochs: 5,
    validationData,
    callbacks,
    verbose: 0,
  });
  const losses = history['val_loss'] as number[];
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(told[0]).toContain('those of epoch 5');
});

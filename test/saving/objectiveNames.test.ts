import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../src/saving/loadKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

// All names by which Keras knows the losses and metrics that are known here: none may be missing where it gets a new one.
const MODELS = `
import json, sys, numpy as np, keras, tensorflow as tf
from keras.src import losses, metrics
tf.config.run_functions_eagerly(True)  # No graph for a single step
keras.utils.set_random_seed(1)
known = ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy", "mean_squared_error",
    "mean_absolute_error", "hinge", "squared_hinge", "categorical_hinge"]
measured = known[:5] + ["binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy"]
def names(objects, some):
    same = lambda one: getattr(one, "__name__", None)
    wanted = {same(objects[name]) for name in some}
    wanted |= {"".join(part.title() for part in name.split("_")) for name in some}
    return sorted(name for name, one in objects.items() if same(one) in wanted)
xs = np.linspace(-1, 1, 18, dtype="float32").reshape(6, 3)
answers = {}
def save(kind, name, loss, some):
    sparse = "sparse" in name.lower()
    ys = np.arange(6) % 2 if sparse else np.eye(2)[np.arange(6) % 2]
    m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "softmax")])
    m.compile("sgd", loss, metrics=some)
    file = f"{kind}-{name}.keras"
    m.save(f"{sys.argv[1]}/{file}")
    answers[file] = {"sparse": sparse, "values": list(map(float, np.ravel(m.test_on_batch(xs, ys))))}
for name in names(losses.ALL_OBJECTS_DICT, known): save("loss", name, name, [])
for name in names(metrics.ALL_OBJECTS_DICT, measured):
    save("metric", name, "sparse_categorical_crossentropy" if "sparse" in name.lower() else "mse", [name])
print(json.dumps(answers))`;

test('every name that Keras has for a loss or metric is known, and computes what it does there', async () => {
  const folder = await folderWith({});
  const answers = await runPython<Record<string, { sparse: boolean; values: number[] }>>(MODELS, [
    folder,
  ]);
  const files = Object.keys(answers);
  for (const name of [
    'loss-bce',
    'loss-MSE',
    'loss-BinaryCrossentropy',
    'loss-Hinge',
    'metric-BCE',
  ]) {
    expect(files).toContain(`${name}.keras`);
  }
  const xs = tf.linspace(-1, 1, 18).reshape([6, 3]);
  const classes = tf.tensor1d([0, 1, 0, 1, 0, 1], 'int32');
  for (const file of files) {
    const { sparse, values } = answers[file]!;
    const model = await loadKeras(path.join(folder, file));
    const ys = sparse ? classes : tf.oneHot(classes, 2);
    const batch = { xs: xs.clone(), ys };
    const ours = [await model.evaluateDataset(tf.data.array([batch]), {})].flat();
    expect([file, ours.map((value) => value.dataSync()[0])]).toEqual([
      file,
      values.map((value) => expect.closeTo(value, 5) as number),
    ]);
    model.dispose();
  }
  await rm(folder, { recursive: true });
});

test('an optimizer whose learning rate follows a schedule is refused for that, in every format', async () => {
  const folder = await folderWith({});
  await runPython(
    `
import sys, numpy as np, keras
from keras.optimizers import schedules
for name, rate in {"exponential": schedules.ExponentialDecay(0.01, 10, 0.9), "cosine": schedules.CosineDecay(0.01, 100)}.items():
    m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, "sigmoid")])
    m.compile(keras.optimizers.Adam(rate), "bce")
    m.fit(np.ones((4, 3)), np.ones((4, 1)), verbose=0)
    m.save(f"{sys.argv[1]}/{name}.keras")
    m.save(f"{sys.argv[1]}/{name}.h5")
print("null")`,
    [folder],
  );
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  for (const [name, schedule] of [
    ['exponential', 'ExponentialDecay'],
    ['cosine', 'CosineDecay'],
  ]) {
    for (const type of ['keras', 'h5']) {
      await expect(loadKeras(path.join(folder, `${name}.${type}`))).rejects.toThrow(
        `its optimizer Adam has a learning rate that changes by ${schedule}, which is not known here; scheduleLearningRate changes one by a function; with compile: false the model can be loaded to predict`,
      );
    }
  }
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
  await rm(folder, { recursive: true });
});

test('a file that Keras has written without the optimizer, after an .h5 of the same model, is refused for that', async () => {
  const folder = await folderWith({});
  const optimizer = await runPython<string>(
    `
import json, sys, keras
m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
m.compile(keras.optimizers.Adam(), "mse")
m.save(f"{sys.argv[1]}/first.h5")
m.save(f"{sys.argv[1]}/second.keras")
print(json.dumps(type(keras.models.load_model(f"{sys.argv[1]}/second.keras").optimizer).__name__))`,
    [folder],
  );
  expect(optimizer).toBe('RMSprop'); // what compile() takes where it is given none
  await expect(loadKeras(path.join(folder, 'second.keras'))).rejects.toThrow(
    'its file has no optimizer: Keras 3 forgets it where the same model was saved as .h5 before; with compile: false the model can be loaded to predict',
  );
  await rm(folder, { recursive: true });
});

import '../../../src/models/layers/reshape';
import { loadKeras } from '../../../src/saving/loadKeras';
import { folderWith } from '../../support/pictures';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

const inKeras = `
import json, sys, numpy as np, keras
from keras import layers as L
folder = sys.argv[1]
x = np.linspace(-1, 1, 64, dtype='float32').reshape(2, 4, 4, 2)
answers = {}
for name, layers in {
    'flatten': [L.Reshape((-1, 2)), L.Flatten(), L.Dense(1)],
    'dense': [L.Reshape((2, -1)), L.Dense(1)],
    'series': [L.Reshape((-1, 2)), L.Conv1D(1, 2), L.Flatten(), L.Dense(1)],
}.items():
    model = keras.Sequential([keras.Input((4, 4, 2)), *layers])
    model.save(f'{folder}/{name}.keras')
    answers[name] = model.predict_on_batch(x).ravel().tolist()
print(json.dumps(answers))
`;

test("Keras models that work a size out, Reshape((-1, 2)), give Keras' answers", async () => {
  const folder = await folderWith({});
  const keras = await runPython<Record<string, number[]>>(inKeras, [folder]);
  const x = tf.linspace(-1, 1, 64).reshape([2, 4, 4, 2]);
  for (const [name, expected] of Object.entries(keras)) {
    const model = await loadKeras(`${folder}/${name}.keras`);
    const ours = [...(model.predict(x) as tf.Tensor).dataSync()];
    expect(ours).toHaveLength(expected.length);
    ours.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
  }
});

test('a shape that does not fit is refused when the layer is added', () => {
  const add = (targetShape: number[]) =>
    tf.sequential({
      layers: [tf.layers.reshape({ name: 'row', targetShape, inputShape: [4, 2] })],
    });
  for (const [targetShape, got] of [
    [[3, 3], '3, 3'],
    [[3, -1], '3, -1'],
    [[-1, -1], '-1, -1'],
  ] as const) {
    expect(() => add([...targetShape])).toThrow(
      `Cannot apply the layer "row" to inputs of shape [*, 4, 2]: its targetShape must hold as many numbers, at most one size being -1, got [${got}]`,
    );
  }
  expect(add([2, -1]).outputShape).toEqual([null, 2, 4]);
  // A size that is not known stays open.
  const open = tf.input({ shape: [null, 2] });
  expect((tf.layers.reshape({ targetShape: [-1] }).apply(open) as tf.SymbolicTensor).shape).toEqual(
    [null, null],
  );
});

import { rm } from 'node:fs/promises';
import path from 'node:path';

import { evaluateClassifier } from '../../src/evaluation/evaluateClassifier';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith, png } from '../support/pictures';

// Whatever the picture, what goes into the end is 0.3, or 0.1, 0.9 and 0.5: sigmoid(0.3) is 0.57444, softmax of the three
// 0.21194, 0.47178, 0.31628.
const MODELS = `
import json, sys, keras
from keras import layers as L, losses, ops
folder = sys.argv[1]
def save(name, bias, end, loss=None):
    x = keras.Input((4, 4, 3))
    dense = L.Dense(len(bias), kernel_initializer="zeros")
    y = dense(L.Flatten()(L.Rescaling(1 / 255)(x)))
    dense.bias.assign(bias)
    m = keras.Model(x, end(y), name="m")
    if loss: m.compile("sgd", loss)
    m.save(f"{folder}/{name}.keras")
    try: m.save(f"{folder}/{name}.h5")
    except Exception: pass
act = lambda name: lambda y: L.Activation(name, name="end")(y)
sigmoid = L.Activation("sigmoid")
THREE = [0.1, 0.9, 0.5]
save("tanh-hinge", [0.3], act("tanh"), "hinge")
save("tanh-below", [-0.3], act("tanh"), "squared_hinge")
save("tanh-bare", [0.3], act("tanh"))
save("softsign-three", THREE, act("softsign"), losses.CategoricalHinge())
save("tanh-mse", [0.3], act("tanh"), "mse")
save("linear-hinge", [0.3], act("linear"), losses.Hinge())
save("linear-above", [1.3], act("linear"), "binary_crossentropy")
save("linear-below", [-0.3], act("linear"), losses.BinaryCrossentropy())
save("linear-mse", [0.3], act("linear"), "mse")
save("linear-three", THREE, act("linear"), "categorical_crossentropy")
save("softmax-one", [0.3], act("softmax"), "binary_crossentropy")
save("linear-log-cosh", [0.3], act("linear"), "log_cosh")
save("relu", [0.3], act("relu"))
save("relu-three", THREE, act("relu"), "categorical_hinge")
save("relu-logits", THREE, act("relu"), losses.SparseCategoricalCrossentropy(from_logits=True))
save("elu", [0.3], L.ELU(name="end"))
save("log-sigmoid", [0.3], act("log_sigmoid"))
save("log-softmax", THREE, act("log_softmax"))
save("focal", [0.3], act("linear"), losses.BinaryFocalCrossentropy(from_logits=True))
save("focal-three", THREE, act("linear"), losses.CategoricalFocalCrossentropy(from_logits=True))
save("one-minus", [0.3], lambda y: 1 - ops.sigmoid(y))
save("mean", [0.3], lambda y: L.Add()([sigmoid(y), sigmoid(y)]) * 0.5)
save("weighted", [0.3], lambda y: 0.25 * sigmoid(y) + 0.75 * (1 - sigmoid(y)))
save("product", [0.3], lambda y: sigmoid(y) * sigmoid(y))
save("tanh-moved", [0.3], lambda y: L.Rescaling(0.5, 0.5)(L.Activation("tanh")(y)))
save("mean-three", THREE, lambda y: (ops.softmax(y) + L.Softmax()(y)) / 2)
save("sum", [0.3], lambda y: L.Add(name="end")([sigmoid(y), sigmoid(y)]))
def nested(y):
    p = keras.Input((1,))
    return keras.Model(p, 1 - p)(sigmoid(y))
save("nested", [0.3], nested)
print("null")
`;

const SIGN =
  'The model "m" gives one number from -1 to 1 (layer "end"): above 0 it means the second class. What stands for its probability, (number + 1) / 2, is none that it has learned.';

const CLIPPED =
  'The model "m" ends without sigmoid or softmax, and its loss takes probabilities: what it gives below 0 counts as 0, and above 1 as 1, as in the loss. Build it with a sigmoid or softmax at its end.';

let folder: string;
const at = (name: string) => path.join(folder, name);
const classesOf = (name: string) =>
  /three|relu-logits|log-softmax/.test(name) ? ['a', 'b', 'c'] : ['a', 'b'];

beforeAll(async () => {
  folder = await folderWith({ 'red.png': await png(255, 0, 0) });
  await runPython(MODELS, [folder]);
});

afterAll(() => rm(folder, { recursive: true }));

/** What is said about a picture, and told while the model is loaded. */
async function answer(file: string, classNames?: string[]) {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  try {
    const classifier = await loadClassifier(at(file), classNames ? { classNames } : {});
    const { predictedClass, probability } = await predictPicture(classifier, at('red.png'));
    return { classifier, said: [predictedClass, probability], told: warn.mock.calls.flat() };
  } finally {
    warn.mockRestore();
  }
}

test.each<[name: string, className: string, probability: number, told: string | null]>([
  ['tanh-hinge', 'b', 0.64566, SIGN], // (tanh(0.3) + 1) / 2
  ['tanh-below', 'a', 0.64566, SIGN],
  ['tanh-bare', 'b', 0.64566, SIGN],
  [
    'softsign-three', // (0.9 / 1.9 + 1) / 2
    'b',
    0.73684,
    'The model "m" gives numbers from -1 to 1 (layer "end"): the largest wins. What stands for its probability, (number + 1) / 2, is none that it has learned.',
  ],
  [
    'linear-hinge',
    'b',
    0.57444,
    'The model "m" was trained with the loss "Hinge": above 0 its output means the second class. What stands for its probability, the sigmoid, is none that it has learned.',
  ],
  [
    'linear-log-cosh',
    'b',
    0.57444,
    'The model "m" ends without sigmoid or softmax, and its loss "log_cosh" does not say what they are: its output is taken for logits, from which sigmoid makes probabilities.',
  ],
  ['linear-above', 'b', 1, CLIPPED],
  ['linear-below', 'a', 1, null], // It is told once a process.
  ['linear-mse', 'a', 0.7, null],
  ['linear-three', 'b', 0.6, null], // 0.9 / 1.5
  ['relu-logits', 'b', 0.47178, null],
  ['log-softmax', 'b', 0.47178, null],
  ['focal', 'b', 0.57444, null],
  ['focal-three', 'b', 0.47178, null],
  ['one-minus', 'a', 0.57444, null],
  ['nested', 'a', 0.57444, null],
  ['mean', 'b', 0.57444, null],
  ['weighted', 'a', 0.53722, null], // 1 - (0.25 · 0.57444 + 0.75 · 0.42556)
  ['product', 'a', 0.67002, null], // 1 - 0.57444²
  ['tanh-moved', 'b', 0.64566, null],
  ['mean-three', 'b', 0.47178, null],
])(
  'a model that ends in %s is read as what it gives',
  async (name, className, probability, told) => {
    const expected = [className, expect.closeTo(probability, 4)];
    const { classifier, said, told: sentences } = await answer(`${name}.keras`, classesOf(name));
    expect(said).toEqual(expected);
    expect(sentences).toEqual(told === null ? [] : [told]);

    // Every format carries it, as does the .h5 of Keras where it can be one.
    const saved = [`again-${name}.keras`, `again-${name}.h5`];
    for (const file of saved) await saveKeras(classifier, at(file));
    await saveClassifier(classifier, at(`again-${name}`));
    for (const file of [...saved, `again-${name}`])
      expect((await answer(file)).said).toEqual(expected);
  },
);

test.each([
  ['relu', 'gives (from 0 on)'],
  ['relu-three', 'gives (from 0 on)'],
  ['elu', 'gives (from -1 on)'],
  ['log-sigmoid', 'gives (up to 0)'],
  ['sum', 'gives (from 0 to 2)'],
  ['tanh-mse', 'gives (from -1 to 1, trained with the loss "mse")'],
])('of a model that ends in %s no class is told', async (name, range) => {
  const file = `${name}.keras`;
  await expect(answer(file, classesOf(name))).rejects.toThrow(
    `Cannot load a model from "${at(file)}": the numbers that its last layer "end" ${range} are neither probabilities nor logits: let the network end in a sigmoid (one output) or a softmax (one output a class)`,
  );
});

test('a softmax over one number is told of when it is compiled, and refused as a classifier', async () => {
  const file = at('softmax-one.keras');
  await expect(loadClassifier(file, { classNames: ['a', 'b'] })).rejects.toThrow(
    `Cannot load a model from "${file}": its last layer "end" is a softmax over one number, which is always 1: let it be a sigmoid, and train the network anew`,
  );
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, activation: 'softmax', inputShape: [2] })],
  });
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
  expect(warn.mock.calls).toEqual([
    [
      'A model is compiled that ends in a softmax over one number, which is always 1, so that nothing is learned: take a sigmoid, or one output a class.',
    ],
  ]);
  warn.mockRestore();
});

test('the .h5 of Keras is read as its .keras', async () => {
  for (const name of ['tanh-hinge', 'linear-hinge', 'focal', 'log-softmax']) {
    const classes = classesOf(name);
    const [h5, keras] = [
      await answer(`${name}.h5`, classes),
      await answer(`${name}.keras`, classes),
    ];
    expect([h5.said, h5.told]).toEqual([keras.said, keras.told]);
  }
});

test('a classifier in memory whose outputs tell no class is refused, and evaluated by its labels', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [4, 4, 3] }),
      tf.layers.dense({
        units: 1,
        activation: 'tanh',
        kernelInitializer: 'zeros',
        biasInitializer: tf.initializers.constant({ value: 0.3 }),
      }),
    ],
  });
  const classifier = {
    model,
    classNames: ['a', 'b'],
    input: { imageSize: [4, 4] as [number, number], rescale: { scale: 1 } },
  };
  const evaluate = () => {
    const ys = tf.tensor1d([0, 0, 1]);
    return evaluateClassifier(classifier, tf.data.array([{ xs: tf.zeros([3, 4, 4, 3]), ys }]));
  };
  // tanh(0.3) is 0.29: by its sign the second class, by what lies nearer the first one.
  model.compile({ optimizer: 'sgd', loss: 'hinge' });
  expect((await predictPicture(classifier, at('red.png'))).predictedClass).toBe('b');
  expect((await evaluate()).accuracy).toBeCloseTo(1 / 3);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  await expect(predictPicture(classifier, at('red.png'))).rejects.toThrow(
    /^Cannot classify pictures: the numbers that its last layer "dense_\w+" gives \(from -1 to 1, trained with the loss "meanSquaredError"\)/,
  );
  expect((await evaluate()).accuracy).toBeCloseTo(2 / 3);
});

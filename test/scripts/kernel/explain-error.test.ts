import { explainError, withoutStatus } from '../../../scripts/kernel/explain-error';
import { tf } from '../../../src/tensorflow/tf';

/** A network for pictures of 8 × 8 pixels. */
const network = (units = 1) =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 2, kernelSize: 3 }),
      tf.layers.flatten(),
      tf.layers.dense({ units }),
    ],
  });
const compiled = (units: number, loss = 'meanSquaredError') => {
  const model = network(units);
  model.compile({ optimizer: 'sgd', loss });
  return model;
};
const pictures = (size = 8, colours = 3) => tf.ones([2, size, size, colours]);

/** What goes wrong for beginners, and what must stand in the explanation. Each is really run. */
const attempts: Array<[what: string, cure: string, attempt: () => unknown]> = [
  [
    'a dataset of single samples in lists',
    'The dataset gives lists as xs. If it gives single samples, put batches of them behind it: dataset.batch(32).',
    () => {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const samples = tf.data.array([{ xs: [1, 2], ys: [1] }]);
      return model.fitDataset(samples, { epochs: 1, verbose: 0 });
    },
  ],
  [
    "Keras' name of a loss",
    'is written "binaryCrossentropy"',
    () => compiled(1, 'binary_crossentropy'),
  ],
  [
    'the name of a loss with hyphens',
    'is written "binaryCrossentropy"',
    () => compiled(1, 'binary-crossentropy'),
  ],
  [
    'a path of Keras to save to',
    "saveKeras(model, 'smile.keras') writes for Keras",
    () => network().save('smile.keras'),
  ],
  ['a store of a web page', "'file://smile'", () => network().save('downloads://smile')],
  [
    'numbers of classes that are no whole numbers',
    'write x.toInt()',
    () => tf.oneHot(tf.tensor([0, 1]), 2),
  ],
  [
    'a condition that is none',
    'write x.toBool()',
    () => tf.where(tf.tensor([0, 1]), tf.ones([2]), tf.zeros([2])),
  ],
  [
    'the best weights, which tfjs does not restore',
    'keepBestWeights()',
    () => tf.callbacks.earlyStopping({ restoreBestWeights: true }),
  ],
  ['a layer by another name', 'model.layers.map(', () => network().getLayer('conv')],
  ['a layer without a name', 'static className', () => new (class extends tf.layers.Layer {})({})],
  ['an unknown loss', 'Some that there are: "binaryCrossentropy"', () => compiled(1, 'faces')],
  [
    'a metric over all batches',
    '"AUC" is counted over all batches',
    () => network().compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['AUC'] }),
  ],
  [
    'an unknown metric',
    'There is no metric "acuracy"',
    () => network().compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['acuracy'] }),
  ],
  [
    'an unknown optimizer',
    'There is no optimizer "Adamm"',
    () => network().compile({ optimizer: 'Adamm', loss: 'meanSquaredError' }),
  ],
  [
    "a layer's name as an activation",
    'is written "relu"',
    () => tf.layers.dense({ units: 1, activation: 'Relu' as 'relu' }),
  ],
  [
    'a list as labels',
    'tf.tensor([0, 1, 0, 1])',
    () => compiled(1).fit(pictures(), [0, 1] as unknown as tf.Tensor),
  ],
  [
    'a list as input',
    'tf.tensor([0, 1, 0, 1])',
    () => network().predict([0, 1] as unknown as tf.Tensor),
  ],
  [
    'labels of one number for two outputs',
    "labelMode: 'categorical'",
    () => compiled(2).fit(pictures(), tf.ones([2, 1])),
  ],
  [
    'whole numbers as labels of a categorical crossentropy',
    'sparseCategoricalCrossentropy',
    () => tf.metrics.categoricalCrossentropy(tf.tensor1d([0, 1]), tf.ones([2, 3])),
  ],
  [
    'whole numbers as labels of a squared error',
    "labelMode: 'categorical'",
    () => tf.metrics.meanSquaredError(tf.tensor1d([0, 1]), tf.ones([2, 3])),
  ],
  [
    'labels of two numbers for one output',
    "labelMode: 'binary'",
    () => compiled(1).fit(pictures(), tf.ones([2, 2])),
  ],
  ['one picture alone', 'expandDims(0)', () => network().predict(tf.ones([8, 8, 3]))],
  [
    'one row alone',
    'row.expandDims(0)',
    () =>
      tf
        .sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 1 })] })
        .predict(tf.ones([4])),
  ],
  [
    'one picture alone for a model that was loaded',
    'expandDims(0)',
    () => {
      const input = tf.input({ shape: [8, 8, 3], name: 'input1' });
      const outputs = tf.layers.flatten().apply(input) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs }).predict(tf.ones([8, 8, 3]));
    },
  ],
  [
    'one picture alone to train with',
    'expandDims(0)',
    () => compiled(1).fit(tf.ones([8, 8, 3]), tf.ones([8, 1])),
  ],
  ['a flat input', 'takes 4 dimensions', () => network().predict(tf.ones([2, 192]))],
  ['pictures of another size', 'imageSize: [8, 8]', () => network().predict(pictures(9))],
  ['grey pictures', 'got pictures with 1', () => network().predict(pictures(8, 1))],
  [
    'training pictures of another size',
    'inputShape: [9, 9, 3]',
    () => compiled(1).fit(pictures(9), tf.ones([2, 1])),
  ],
  [
    'a data set of pictures of another size',
    "imageSize that stands in the network's inputShape",
    () =>
      compiled(1).fitDataset(
        tf.data.array([{ xs: pictures(9), ys: tf.ones([2, 1]) }]) as tf.data.Dataset<never>,
        { epochs: 1, verbose: 0 },
      ),
  ],
  [
    'no flatten layer',
    'tf.layers.flatten()',
    () => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ inputShape: [8, 8, 3], units: 1 })],
      });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model.fit(pictures(), tf.ones([2, 1]));
    },
  ],
  [
    'a disposed model',
    'This model was disposed',
    () => {
      const model = network();
      model.dispose();
      model.predict(pictures());
    },
  ],
  [
    'a model disposed a second time',
    'This model was disposed',
    () => {
      const model = network();
      model.dispose();
      model.dispose();
    },
  ],
  [
    'a disposed tensor',
    'This tensor was disposed',
    () => {
      const tensor = tf.ones([2]);
      tensor.dispose();
      tensor.add(1);
    },
  ],
  [
    'layers added to a finished model',
    'run from tf.sequential() on',
    () => network().add(tf.layers.conv2d({ filters: 2, kernelSize: 3 })),
  ],
  [
    'an input shape without its colours',
    '[150, 150, 3]',
    () =>
      tf.sequential({
        layers: [tf.layers.conv2d({ inputShape: [150, 150], filters: 4, kernelSize: 3 })],
      }),
  ],
  ['no input shape', 'inputShape: [150, 150, 3]', () => tf.sequential().add(tf.layers.flatten())],
  ['fit before compile', 'model.compile(', () => network().fit(pictures(), tf.ones([2, 1]))],
  [
    'evaluate before compile',
    'model.compile(',
    () => network().evaluate(pictures(), tf.ones([2, 1])),
  ],
  [
    'a second training',
    'still being trained',
    async () => {
      const model = compiled(1);
      const options = { epochs: 3, verbose: 0 };
      const first = model.fit(pictures(), tf.ones([2, 1]), options);
      try {
        await model.fit(pictures(), tf.ones([2, 1]), options);
      } finally {
        await first;
      }
    },
  ],
];

const errorOf = async (attempt: () => unknown) => {
  try {
    await attempt();
  } catch (error) {
    return error as Error;
  }
  throw new Error('It must fail, and did not');
};

test.each(attempts)('explainError() says what cures %s: %s', async (_, cure, attempt) => {
  const { message, stack } = await errorOf(attempt);
  expect(explainError(message, stack)).toContain(cure);
});

test.each([
  ['loss', (loss: string) => compiled(2, loss)],
  [
    'metric',
    (name: string) =>
      network().compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: [name] }),
  ],
  ['Optimizer', (optimizer: string) => network().compile({ optimizer, loss: 'meanSquaredError' })],
])('every name that explainError() offers for an unknown %s is one', (kind, use) => {
  const names = explainError(`Unknown ${kind} none`)?.match(/(?<=")\w+(?=")/g) ?? [];
  expect(names).toHaveLength(6);
  for (const name of names.slice(1)) expect(() => use(name)).not.toThrow();
});

test('explainError() says nothing of the errors of others', async () => {
  expect(explainError('no such file')).toBeUndefined();
  const { message, stack } = await errorOf(() => tf.ones([2, 3]).reshape([5]));
  expect(explainError(message, stack)).toBeUndefined();
  const own = await errorOf(() => (undefined as unknown as string).replace('a', 'b'));
  expect(explainError(own.message, own.stack)).toBeUndefined();
});

test("withoutStatus() begins a native error with TensorFlow's own sentence", async () => {
  const { message } = await errorOf(() => tf.ones([2, 3]).reshape([5]));
  expect(message).toContain('Invalid TF_Status');
  expect(withoutStatus(message)).toMatch(/^Input to reshape is a tensor with 6 values/);
});

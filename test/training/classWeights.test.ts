import { tf } from '../../src/tensorflow/tf';
import { balancedClassWeights } from '../../src/training/balancedClassWeights';
import { scheduleLearningRate } from '../../src/training/callbacks/scheduleLearningRate';
import { runPython } from '../support/keras';

const XS = [
  [1, 0.5],
  [0.2, -1],
  [0, 2],
  [-1, 1],
  [0.3, 0.3],
  [2, -2],
  [1, 1],
  [-0.5, 0.1],
];
const YS = [0, 0, 0, 0, 0, 0, 1, 1];
const KERNEL = [[0.3], [-0.2]];
const RATES = [0.5, 0.1, 0.3];

const KERAS = `
import json, sys, keras, numpy
xs, ys, kernel, weights, rates = json.loads(sys.argv[1])
xs, ys = numpy.array(xs, 'float32'), numpy.array(ys, 'float32').reshape(-1, 1)
weights = {int(label): weight for label, weight in weights.items()}

def train(optimizer, **more):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation='sigmoid')])
    model.set_weights([numpy.array(kernel, 'float32'), numpy.zeros(1, 'float32')])
    model.compile(optimizer=optimizer, loss='binary_crossentropy')
    history = model.fit(xs, ys, batch_size=4, shuffle=False, epochs=3, verbose=0, **more).history
    return [history['loss'], [value for w in model.get_weights() for value in w.ravel().tolist()]]

schedule = lambda: keras.callbacks.LearningRateScheduler(lambda epoch, rate: rates[epoch])
print(json.dumps([
    train(keras.optimizers.SGD(0.5), class_weight=weights),
    train(keras.optimizers.SGD(0.01), callbacks=[schedule()]),
    train(keras.optimizers.Adam(0.01), callbacks=[schedule()]),
]))
`;

type Run = [losses: number[], weights: number[]];

async function train(
  optimizer: tf.Optimizer,
  more: { classWeight?: Record<number, number>; callbacks?: tf.Callback[] },
): Promise<Run> {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], activation: 'sigmoid' })],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d(KERNEL), tf.zeros([1])]));
  model.compile({ optimizer, loss: 'binaryCrossentropy' });
  const data = tf.data.array(XS.map((xs, i) => ({ xs, ys: [YS[i]!] }))).batch(4);
  const { history } = await model.fitDataset(
    data as unknown as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>,
    { epochs: 3, verbose: 0, ...more },
  );
  const weights = model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
  model.dispose();
  optimizer.dispose();
  return [history['loss'] as number[], weights];
}

test('class weights and a schedule of the learning rate do in fitDataset() what they do in Keras', async () => {
  const before = tf.memory().numTensors;
  const classWeight = balancedClassWeights(YS, 2);
  const schedule = () => scheduleLearningRate({ schedule: (epoch) => RATES[epoch]! });
  const ours = [
    await train(tf.train.sgd(0.5), { classWeight }),
    await train(tf.train.sgd(0.01), { callbacks: [schedule()] }),
    await train(tf.train.adam(0.01), { callbacks: [schedule()] }),
  ];
  expect(tf.memory().numTensors).toBe(before);
  const argument = JSON.stringify([XS, YS, KERNEL, classWeight, RATES]);
  const theirs = await runPython<Run[]>(KERAS, [argument]);
  const differences = ours.flat(2).map((value, i) => Math.abs(value - (theirs.flat(2)[i] ?? NaN)));
  expect(Math.max(...differences)).toBeLessThan(1e-5);
});

test('balancedClassWeights() lets rare classes count more', () => {
  // n / (classes · count): 8 / (2 · 6) and 8 / (2 · 2).
  expect(balancedClassWeights(YS, 2)).toEqual({ 0: 8 / 12, 1: 2 });
  expect(balancedClassWeights([0, 1, 2], 3)).toEqual({ 0: 1, 1: 1, 2: 1 });
});

test.each([
  [[0, 0], 2, 'each needs a picture, and class 1 of 2 has none'],
  [[0, 2], 2, 'a label must be a whole number from 0 to 1, got 2'],
  [[], 2, 'each needs a picture, and class 0 of 2 has none'],
])('balancedClassWeights(%j, %i) throws', (labels, classes, message) => {
  expect(() => balancedClassWeights(labels, classes)).toThrow(
    new RangeError(`Cannot balance the classes: ${message}`),
  );
});

test.each([0, -1, NaN, Infinity])(
  'a schedule that gives a learning rate of %d ends the training',
  async (rate) => {
    await expect(
      train(tf.train.sgd(0.1), { callbacks: [scheduleLearningRate({ schedule: () => rate })] }),
    ).rejects.toThrow(
      `Cannot train epoch 1: the schedule must give a learning rate above 0, got ${rate}`,
    );
  },
);

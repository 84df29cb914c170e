import {
  objectId,
  objectiveOf,
  trainedVariablesOf,
  variablesOf,
} from '../../../src/tensorflow/graph/modelParts';
import { tf } from '../../../src/tensorflow/tf';

/** One dense layer twice, and a batch norm. */
function build(): tf.LayersModel {
  const input = tf.input({ shape: [2] });
  const dense = tf.layers.dense({ units: 2, name: 'dense' });
  const norm = tf.layers.batchNormalization({ name: 'norm' });
  const outputs = norm.apply(dense.apply(dense.apply(input))) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mae'] });
  return model;
}

let model: tf.LayersModel;
beforeEach(() => (model = build()));
afterEach(() => model.dispose());

/** Without the layer, and the number that makes a name unique. */
const lastNames = (variables: tf.Variable[]) =>
  variables.map(({ name }) => /\/([a-z_]+?)(_\d+)?$/.exec(name)![1]);

test('variablesOf() has each variable once, those of a layer that is called twice too', () => {
  const variables = variablesOf(model);
  expect(new Set(variables).size).toBe(variables.length);
  expect(lastNames(variables).sort()).toEqual([
    'beta',
    'bias',
    'gamma',
    'kernel',
    'moving_mean',
    'moving_variance',
  ]);
});

test('trainedVariablesOf() has those that were trainable when the model was compiled', () => {
  expect(lastNames(trainedVariablesOf(model))).toEqual(['kernel', 'bias', 'gamma', 'beta']);
  model.getLayer('dense').trainable = false;
  expect(trainedVariablesOf(model).length).toBe(4);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  expect(lastNames(trainedVariablesOf(model))).toEqual(['gamma', 'beta']);
});

test('objectiveOf() changes with the loss and with the metrics, and with nothing else', () => {
  const first = objectiveOf(model);
  expect(objectiveOf(model)).toBe(first);
  model.compile({ optimizer: 'sgd', loss: 'meanAbsoluteError', metrics: ['mae'] });
  const otherLoss = objectiveOf(model);
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mse'] });
  const otherMetric = objectiveOf(model);
  expect(new Set([first, otherLoss, otherMetric]).size).toBe(3);
});

test('objectId() belongs to an object', () => {
  const [one, two] = [{}, {}];
  expect(objectId(one)).toBe(objectId(one));
  expect(objectId(two)).not.toBe(objectId(one));
});

import { tf } from '../../../src/tensorflow/tf';
import { accuracyOf, numberOf } from '../../../src/training/fit/accuracyOf';

test('accuracyOf() reads the name of tfjs and the name of Keras', async () => {
  expect(await accuracyOf({ loss: 0.7, acc: 0.25 })).toBe(0.25);
  expect(await accuracyOf({ loss: 0.7, accuracy: 0.25 })).toBe(0.25);
  expect(await accuracyOf({ acc: 0 })).toBe(0);
});

test('accuracyOf() reads the training accuracy, not that of the validation', async () => {
  expect(await accuracyOf({ val_acc: 1, acc: 0.5 })).toBe(0.5);
  expect(await accuracyOf({ val_acc: 1 })).toBeUndefined();
  expect(await accuracyOf({ val_acc: 1, acc: 0.5 }, 'val_')).toBe(1);
  expect(await accuracyOf({ val_binaryAccuracy: 0.25, acc: 0.5 }, 'val_')).toBe(0.25);
});

test('accuracyOf() tells NaN from nothing', async () => {
  expect(await accuracyOf({ acc: NaN })).toBeNaN();
  expect(await accuracyOf({ loss: 0.7 })).toBeUndefined();
  expect(await accuracyOf({})).toBeUndefined();
});

test('accuracyOf() and numberOf() read tensors and leave them alone', async () => {
  const half = tf.scalar(0.5);
  const before = tf.memory().numTensors;
  expect(await accuracyOf({ acc: half })).toBe(0.5);
  expect(await numberOf(half)).toBe(0.5);
  expect(await numberOf(2)).toBe(2);
  expect(tf.memory().numTensors).toBe(before);
  half.dispose();
});

test.each([
  'binaryAccuracy',
  'categoricalAccuracy',
  'sparseCategoricalAccuracy',
  'binaryAccuracy_0',
])('accuracyOf() reads %s of a model that was compiled with it', async (name) =>
  expect(await accuracyOf({ loss: 0.7, [name]: 0.75 })).toBe(0.75),
);

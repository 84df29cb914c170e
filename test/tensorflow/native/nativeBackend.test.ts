import { attribute, hasOp, nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';

afterEach(() => tf.setBackend('tensorflow'));

test('nativeBackend() follows tf.setBackend()', async () => {
  expect(nativeBackend()).toBe(tf.backend());
  await tf.setBackend('cpu');
  expect(nativeBackend()).toBeUndefined();
  await tf.setBackend('tensorflow');
  expect(nativeBackend()).toBe(tf.backend());
});

test('attribute gives attributes that the native library understands', () => {
  const backend = nativeBackend()!;
  const x = tf.tensor4d([1, 5, 2, 3], [1, 2, 2, 1]);
  const pooled = backend.executeSingleOutput(
    'MaxPool',
    [
      attribute.float('T'),
      attribute.ints('ksize', [1, 2, 2, 1]),
      attribute.ints('strides', [1, 2, 2, 1]),
      attribute.string('padding', 'VALID'),
      attribute.string('data_format', 'NHWC'),
    ],
    [x],
  );
  expect(Array.from(pooled.dataSync())).toEqual([5]);
  tf.dispose([x, pooled]);
});

test('hasOp() asks once and remembers, and what was made while asking is gone', () => {
  const { numTensors } = tf.memory();
  let asked = 0;
  const works = () => {
    asked += 1;
    tf.scalar(1).square();
  };
  expect([hasOp('an op that works', works), hasOp('an op that works', works)]).toEqual([
    true,
    true,
  ]);
  expect(asked).toBe(1);
  const fails = () => {
    asked += 1;
    nativeBackend()!.executeSingleOutput('NoSuchOp', [], []);
  };
  expect([hasOp('NoSuchOp', fails), hasOp('NoSuchOp', fails)]).toEqual([false, false]);
  expect(asked).toBe(2);
  expect(tf.memory().numTensors).toBe(numTensors);
});

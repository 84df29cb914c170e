import { nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { aliasOf, createTensor, dataOf, tensorId } from '../../../src/tensorflow/native/tensorId';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';

const backend = nativeBackend()!;

test("tensorId() gives the library's number for values that were still in JavaScript", () => {
  const tensor = tf.tensor1d([1, 2]);
  const id = tensorId(tensor);
  expect(Array.from(backend.binding.tensorDataSync(id) as Float32Array)).toEqual([1, 2]);
  expect(tensorId(tensor)).toBe(id);
  tensor.dispose();
});

test('tensorId() throws for a tensor that is disposed', () => {
  const tensor = tf.tensor1d([1, 2]);
  tensor.dispose();
  expect(() => tensorId(tensor)).toThrow('Tensor is disposed.');
});

test('createTensor() makes a tensor of what an op returned, and its disposal frees it', () => {
  const input = tf.tensor2d([[1], [2]]);
  const id = tensorId(input);
  const before = [tf.memory().numTensors, nativeTensors()];
  const type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
  const tensor = createTensor(backend.binding.executeOp('Neg', [type], [id], 1)[0]!);
  expect(tensor.shape).toEqual([2, 1]);
  expect(Array.from(tensor.dataSync())).toEqual([-1, -2]);
  tensor.dispose();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  input.dispose();
});

test('dataOf() tells how many tensors share the values', () => {
  const tensor = tf.tensor1d([1, 2]);
  const clone = tensor.clone();
  expect(dataOf(tensor).refCount).toBe(2);
  clone.dispose();
  expect(dataOf(tensor).refCount).toBe(1);
  tensor.dispose();
});

test.each(['float32', 'int32', 'bool'] as const)(
  'aliasOf() keeps the values of a %s tensor that is disposed, under a number of its own',
  (dtype) => {
    const tensor = tf.tensor1d([1, 0], dtype);
    const alias = aliasOf(tensor);
    expect(tensorId(alias)).not.toBe(tensorId(tensor));
    tensor.dispose();
    expect(alias.dtype).toBe(dtype);
    expect(Array.from(alias.dataSync())).toEqual([1, 0]);
    alias.dispose();
  },
);

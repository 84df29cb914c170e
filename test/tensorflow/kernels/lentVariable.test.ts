import { LentVariable } from '../../../src/tensorflow/kernels/lentVariable';
import { attribute, nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tensorId } from '../../../src/tensorflow/native/tensorId';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';

const backend = nativeBackend()!;

/** Adds 10 to what a resource holds, by an op that works on resources only. */
function addTen({ handle }: LentVariable): void {
  const ten = tf.fill([2], 10);
  const attributes = [attribute.float('dtype')];
  backend.binding.executeOp('AssignAddVariableOp', attributes, [handle, tensorId(ten)], 0);
  ten.dispose();
}

test('a variable gets back what an op has made of its value; its clone keeps the old one', () => {
  const alone = tf.variable(tf.tensor1d([1, 2]));
  const shared = tf.variable(tf.tensor1d([3, 4]));
  const clone = shared.clone();
  const resource = new LentVariable();
  for (const variable of [alone, shared]) {
    resource.borrow(variable);
    addTen(resource);
    resource.giveBack();
  }
  resource.dispose();
  expect(Array.from(alone.dataSync())).toEqual([11, 12]);
  expect(Array.from(shared.dataSync())).toEqual([13, 14]);
  expect(Array.from(clone.dataSync())).toEqual([3, 4]);
  tf.dispose([alone, shared, clone]);
});

test('LentVariable leaves nothing behind, also when nothing was borrowed', () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  variable.dataSync();
  const lend = () => {
    const resource = new LentVariable();
    resource.giveBack();
    resource.borrow(variable);
    resource.giveBack();
    resource.dispose();
  };
  lend();
  const before = [tf.memory().numTensors, nativeTensors()];
  lend();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  variable.dispose();
});

test('tensorId() refuses a tensor that was disposed', () => {
  const gone = tf.scalar(1);
  gone.dispose();
  expect(() => tensorId(gone)).toThrow(/disposed/);
});

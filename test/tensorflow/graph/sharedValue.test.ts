import { SharedValue, type Holder } from '../../../src/tensorflow/graph/sharedValue';
import { nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tensorId } from '../../../src/tensorflow/native/tensorId';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';

const backend = nativeBackend()!;

/** Holds the value of one variable, as a session does. */
class OneHolder implements Holder {
  given = 0;
  private readonly kept: tf.Tensor;

  constructor(
    private readonly value: SharedValue,
    numbers: number[],
  ) {
    this.kept = tf.tensor1d(numbers);
  }

  giveBackAll(): void {
    this.given++;
    const type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
    const [copy] = backend.binding.executeOp('Identity', [type], [tensorId(this.kept)], 1);
    this.value.giveBack(copy!.id);
  }

  dispose(): void {
    this.kept.dispose();
  }
}

function lend(numbers: number[]) {
  const variable = tf.tensor1d([1, 2]).variable();
  const value = SharedValue.of(variable);
  const holder = new OneHolder(value, numbers);
  value.lend(holder);
  return { variable, value, holder };
}

let before: number[];
const counts = () => [tf.memory().numTensors, nativeTensors()];
beforeEach(() => {
  tf.engine().startScope();
  before = counts();
});
afterEach(() => tf.engine().endScope());

test.each<[string, (variable: tf.Variable) => unknown]>([
  ['dataSync()', (variable) => Array.from(variable.dataSync())],
  ['data()', async (variable) => Array.from(await variable.data())],
  ['array()', (variable) => variable.array()],
  ['buffer()', async (variable) => Array.from((await variable.buffer()).values)],
  [
    'bytes()',
    async (variable) =>
      Array.from(new Float32Array(((await variable.bytes()) as Uint8Array).slice().buffer)),
  ],
  ['toString()', (variable) => JSON.parse(/\[.*\]/.exec(variable.toString())![0])],
  ['an op', (variable) => variable.neg().neg().arraySync()],
  ['a clone', (variable) => variable.clone().arraySync()],
])('%s shows a value that is lent', async (_, read) => {
  const { variable, holder } = lend([3, 4]);
  expect(await read(variable)).toEqual([3, 4]);
  expect(holder.given).toBe(1);
  expect(await read(variable)).toEqual([3, 4]);
  expect(holder.given).toBe(1);
  tf.dispose([variable]);
  holder.dispose();
});

test('a value that is lent is fetched by whoever borrows it next', () => {
  const { variable, value, holder } = lend([3, 4]);
  const other = new OneHolder(value, [5, 6]);
  value.lend(other);
  expect([holder.given, value.isLentTo(holder), value.isLentTo(other)]).toEqual([1, false, true]);
  expect(variable.arraySync()).toEqual([5, 6]);
  tf.dispose([variable]);
  holder.dispose();
  other.dispose();
});

test('a new value for the variable replaces the one that is lent, and is another version', () => {
  const { variable, value, holder } = lend([3, 4]);
  const { version } = value;
  tf.tidy(() => variable.assign(tf.tensor1d([7, 8])));
  expect(variable.arraySync()).toEqual([7, 8]);
  const now = SharedValue.of(variable);
  expect(now === value && now.version === version).toBe(false);
  expect(now.isLentTo(holder)).toBe(false);
  tf.dispose([variable]);
  holder.dispose();
});

test('a clone keeps what the variable was when it was made', () => {
  const { variable, holder } = lend([3, 4]);
  const clone = variable.clone();
  const value = SharedValue.of(variable);
  const other = new OneHolder(value, [5, 6]);
  value.lend(other);
  expect(clone.arraySync()).toEqual([3, 4]);
  expect(other.given).toBe(0);
  expect(variable.arraySync()).toEqual([5, 6]);
  tf.dispose([variable, clone]);
  holder.dispose();
  other.dispose();
});

test('two variables of one value become two values', () => {
  const tensor = tf.tensor1d([1, 2]);
  const [one, two] = [tensor.variable(), tensor.variable()];
  const values = [one, two].map((variable) => SharedValue.of(variable));
  expect(values[0]).not.toBe(values[1]);
  expect(SharedValue.of(one)).toBe(values[0]);
  tf.dispose([tensor, one, two]);
});

test('nothing is left of a variable that is disposed of while it is lent', () => {
  const { variable, holder } = lend([3, 4]);
  variable.dispose();
  holder.dispose();
  tf.engine().endScope();
  tf.engine().startScope();
  expect(counts()).toEqual(before);
  expect(() => SharedValue.of(variable)).toThrow('Tensor is disposed.');
});

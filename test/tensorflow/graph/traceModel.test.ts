import { GraphBuilder } from '../../../src/tensorflow/graph/graphBuilder';
import { GraphSession } from '../../../src/tensorflow/graph/graphSession';
import { Untraceable } from '../../../src/tensorflow/graph/recordOps';
import { inputName, traceModel } from '../../../src/tensorflow/graph/traceModel';
import { nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { createTensor, tensorId } from '../../../src/tensorflow/native/tensorId';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';

const backend = nativeBackend()!;
const counts = () => [tf.memory().numTensors, nativeTensors()];

let before: number[];
beforeEach(() => {
  before = counts();
});
afterEach(() => expect(counts()).toEqual(before));

/** Counts in a variable how often it was called, and gives input + count. */
function makeCounter() {
  const count = tf.tidy(() => tf.scalar(1).variable());
  const run = ([x]: tf.Tensor[]) => {
    count.assign(count.add(1));
    return { outputs: [x!.add(count)] };
  };
  return { count, variables: new Map([['count', count]]), run };
}

test('writes assignments to variables down, and leaves the variables as they were', () => {
  const { count, variables, run } = makeCounter();
  const x = tf.tensor1d([10, 20]);
  const trace = traceModel('p', [x], variables, run);
  expect(count.arraySync()).toBe(1);
  expect(trace.writes).toEqual(new Set(['count']));

  const graph = new GraphBuilder();
  graph.variable('count', []);
  graph.read('count/value', 'count');
  graph.assign('start', 'AssignVariableOp', 'count', [graph.number('one', 1)]);
  graph.op('started', 'Identity', ['one', '^start']);
  const session = new GraphSession([...graph.nodes, ...trace.nodes]);
  const results = tf.tidy(() => {
    createTensor(session.run([], ['started'])[0]!);
    const feeds: Array<[string, number]> = [[inputName('p', 0), tensorId(x)]];
    return [1, 2, 3].map(() => createTensor(session.run(feeds, trace.outputs)[0]!).arraySync());
  });
  session.close();
  expect(results).toEqual([
    [12, 22],
    [13, 23],
    [14, 24],
  ]);
  tf.dispose([x, count]);
});

test('leaves the variables as they were also when it cannot be traced, or throws', () => {
  const { count, variables, run } = makeCounter();
  const x = tf.tensor1d([10, 20]);
  const trace = (end: () => void) => () =>
    traceModel('p', [x], variables, (inputs) => {
      const result = run(inputs);
      end();
      return result;
    });
  expect(trace(() => count.dataSync())).toThrow(Untraceable);
  expect(count.arraySync()).toBe(1);
  expect(
    trace(() => {
      throw new RangeError('enough');
    }),
  ).toThrow(new RangeError('enough'));
  expect(count.arraySync()).toBe(1);
  tf.dispose([x, count]);
});

test('tells two inputs apart that are one tensor now', () => {
  const x = tf.tensor1d([1, 2]);
  const trace = traceModel('p', [x, x], new Map(), ([a, b]) => ({
    outputs: [a!.sub(b!)],
  }));
  const [difference] = trace.nodes.filter(({ op }) => op === 'Sub');
  expect(difference!.inputs).toEqual([inputName('p', 0), inputName('p', 1)]);
  x.dispose();
});

test('has the types and shapes of its inputs', () => {
  const inputs = [tf.zeros([2, 3]), tf.scalar(1, 'int32'), tf.zeros([0, 1], 'bool')];
  const trace = traceModel('p', inputs, new Map(), (copies) => ({ outputs: copies }));
  const { TF_FLOAT, TF_INT32, TF_BOOL } = backend.binding;
  const placeholders = trace.nodes.filter(({ op }) => op === 'Placeholder');
  const values = placeholders.map(({ attributes }) =>
    attributes.map((attribute) => ('value' in attribute ? attribute.value : undefined)),
  );
  expect(values).toEqual([
    [TF_FLOAT, [2, 3]],
    [TF_INT32, []],
    [TF_BOOL, [0, 1]],
  ]);
  expect(trace.writes.size).toBe(0);
  tf.dispose(inputs);
});

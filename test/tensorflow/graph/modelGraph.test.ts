import { GraphError } from '../../../src/tensorflow/graph/graphSession';
import { ModelGraph } from '../../../src/tensorflow/graph/modelGraph';
import { Untraceable } from '../../../src/tensorflow/graph/recordOps';
import { inputName, traceModel } from '../../../src/tensorflow/graph/traceModel';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';
import { sessions } from '../../support/tinyModel';

/** A graph that adds what it is given to a variable, and gives the sum. */
function makeSum(sum: tf.Variable = tf.tensor1d([0, 0]).variable()) {
  const graph = new ModelGraph();
  const variables = graph.bind('sum', [sum]);
  const add = (x: tf.Tensor, key = `shape_${x.shape.join('x')}`): unknown =>
    tf.tidy(() => {
      if (!graph.has(key)) {
        graph.add(key, () =>
          traceModel(key, [x], variables, ([input]) => {
            sum.assign(sum.add(input!));
            return { outputs: [sum.clone()] };
          }),
        );
      }
      return graph.run(key, new Map([[inputName(key, 0), x]]))[0]!.arraySync();
    });
  return { graph, sum, add };
}

let before: number[];
const counts = () => [tf.memory().numTensors, nativeTensors(), sessions()];
beforeEach(() => {
  tf.engine().startScope();
  before = counts();
});
afterEach(() => {
  tf.engine().endScope();
  expect(counts()).toEqual(before);
});

test('gives the variables of a group names, and shows the values that a run has left', () => {
  const { graph, sum, add } = makeSum();
  expect([...graph.bind('more', []).keys()]).toEqual([]);
  const runs = ModelGraph.runs;
  expect(add(tf.tensor1d([1, 2]))).toEqual([1, 2]);
  expect(add(tf.tensor1d([1, 2]))).toEqual([2, 4]);
  expect(ModelGraph.runs - runs).toBe(2);
  expect(sum.arraySync()).toEqual([2, 4]);
  graph.close();
  sum.dispose();
});

test('runs on from a value that the variable gets between two runs', () => {
  const { graph, sum, add } = makeSum();
  add(tf.tensor1d([1, 2]));
  tf.tidy(() => sum.assign(tf.tensor1d([10, 10])));
  expect(add(tf.tensor1d([1, 2]))).toEqual([11, 12]);
  graph.close();
  sum.dispose();
});

test('keeps one state for all shapes, in one session', () => {
  const { graph, sum, add } = makeSum();
  expect(add(tf.tensor1d([1, 2]))).toEqual([1, 2]);
  expect(add(tf.scalar(5))).toEqual([6, 7]);
  expect(add(tf.tensor1d([1, 2]))).toEqual([7, 9]);
  expect(sessions()).toBe(1);
  graph.close();
  expect(sum.arraySync()).toEqual([7, 9]);
  sum.dispose();
});

test('runs again after it was closed, from the values that it had', () => {
  const { graph, sum, add } = makeSum();
  add(tf.tensor1d([1, 2]));
  graph.close();
  graph.close();
  expect(sessions()).toBe(0);
  expect(add(tf.tensor1d([1, 2]))).toEqual([2, 4]);
  graph.close();
  sum.dispose();
});

test('shares a variable with another graph, run by run', () => {
  const one = makeSum();
  const two = makeSum(one.sum);
  expect(one.add(tf.tensor1d([1, 0]))).toEqual([1, 0]);
  expect(two.add(tf.tensor1d([0, 1]))).toEqual([1, 1]);
  expect(one.add(tf.tensor1d([1, 0]))).toEqual([2, 1]);
  expect(one.sum.arraySync()).toEqual([2, 1]);
  one.graph.close();
  expect(two.add(tf.tensor1d([0, 1]))).toEqual([2, 2]);
  two.graph.close();
  one.sum.dispose();
});

test('refuses the seventeenth shape, and runs the others on', () => {
  const { graph, sum, add } = makeSum();
  for (let i = 0; i < 16; i++) add(tf.tensor1d([1, 2]), `key${i}`);
  expect(() => add(tf.tensor1d([1, 2]), 'key16')).toThrow(
    new Untraceable('its batches have more than 16 shapes'),
  );
  expect(graph.has('key16')).toBe(false);
  expect(add(tf.tensor1d([0, 0]), 'key0')).toEqual([16, 32]);
  graph.close();
  sum.dispose();
});

test('frees its session when a run fails, with the values that it had', () => {
  const { graph, sum, add } = makeSum();
  add(tf.tensor1d([1, 2]));
  const key = 'shape_2';
  expect(() => graph.run(key, new Map())).toThrow(GraphError); // an input is missing
  expect(sessions()).toBe(0);
  expect(sum.arraySync()).toEqual([1, 2]);
  expect(add(tf.tensor1d([1, 2]))).toEqual([2, 4]);
  graph.close();
  sum.dispose();
});

test('frees its session when a variable is gone', () => {
  const { graph, sum, add } = makeSum();
  add(tf.tensor1d([1, 2]));
  sum.dispose();
  const x = tf.tensor1d([1, 2]);
  expect(() => graph.run('shape_2', new Map([[inputName('shape_2', 0), x]]))).toThrow(
    'Tensor is disposed.',
  );
  expect(sessions()).toBe(0);
});

test('has at most four sessions open, those that were used last', () => {
  const sums = Array.from({ length: 6 }, () => makeSum());
  const one = tf.tensor1d([1, 1]);
  for (const { add } of sums) add(one);
  expect(sessions()).toBe(4);
  for (const { add } of sums) expect(add(one)).toEqual([2, 2]);
  expect(sessions()).toBe(4);
  for (const { graph, sum } of sums) {
    graph.close();
    sum.dispose();
  }
});

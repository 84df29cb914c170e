import type { GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { recordOps, Untraceable } from '../../../src/tensorflow/graph/recordOps';
import { nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tensorId } from '../../../src/tensorflow/native/tensorId';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';
import { runAsGraph } from '../../support/runAsGraph';
import { expectTensorsClose } from '../../support/stockKernels';

const backend = nativeBackend()!;

/** For results that are no tensors. */
function tidied<T>(run: () => T): T {
  const results: T[] = [];
  tf.tidy(() => void results.push(run()));
  return results[0]!;
}

function record(run: () => unknown): GraphNode[] {
  return tidied(() => recordOps('p', new Map(), () => void run()).nodes);
}

test('writes down the ops in the order in which they ran, with the names of their inputs', () => {
  const x = tf.tensor1d([1, 2]);
  const { nodes, name } = tidied(() => {
    const names = new Map([[tensorId(x), 'given']]);
    const { nodes, result } = recordOps('p', names, (nameOf) => nameOf(x.neg().mul(x)));
    return { nodes, name: result };
  });
  expect(nodes.map(({ op, inputs }) => [op, inputs])).toEqual([
    ['Neg', ['given']],
    ['Mul', [nodes[0]!.name, 'given']],
  ]);
  expect(name).toBe(nodes[1]!.name);
  expect(new Set(nodes.map((node) => node.name)).size).toBe(2);
  x.dispose();
});

test('makes constants of tensors from outside and of values from JavaScript', () => {
  const outside = tf.tensor2d([[3, 4]]);
  const nodes = record(() => outside.add(tf.tensor2d([[1], [2]])));
  const constants = nodes.flatMap(({ constant }) => (constant ? [constant] : []));
  expect(constants.map(({ shape, values }) => [shape, Array.from(values)])).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    [
      [2, 1],
      [1, 2],
    ],
  ]);
  outside.dispose();
});

test('names the second output of an op by its place', () => {
  const nodes = record(() => {
    const { values, indices } = tf.topk(tf.tensor1d([1, 3, 2]), 2);
    return [values.neg(), indices.neg()];
  });
  const { name } = nodes.find(({ op }) => op === 'TopKV2')!;
  const negations = nodes.filter(({ op }) => op === 'Neg').map(({ inputs }) => inputs);
  expect(negations).toEqual([[name], [`${name}:1`]]);
});

test.each<[string, (x: tf.Tensor) => tf.Tensor]>([
  ['booleans and a choice', (x) => tf.where(x.greater(0).logicalAnd(x.less(1)), x, x.zerosLike())],
  ['the mean of booleans, whose type tfjs names wrongly', (x) => x.greater(0).mean()],
  ['int32', (x) => x.argMax(1).add(tf.scalar(2, 'int32')).toFloat()],
  ['a mask with a further axis', (x) => x.greater(0).expandDims(0).toFloat()],
  ['split and concatenation', (x) => tf.concat(tf.split(x, 3, 1).reverse(), 1)],
  [
    'slices, padding and reversal',
    (x) =>
      x
        .slice([0, 1], [2, 2])
        .pad([
          [1, 0],
          [0, 2],
        ])
        .reverse(0),
  ],
  ['one-hot', (x) => tf.oneHot(x.argMax(0).toInt(), 4).toFloat()],
  ['reductions', (x) => tf.stack([x.sum(), x.mean(), x.max(), x.prod(), x.square().min()])],
])('gives a graph that computes the same: %s', (_, run) => {
  const x = tf.tensor2d([
    [-1, 0.5, 2],
    [3, -0.25, 0.75],
  ]);
  const { graph, eager } = runAsGraph([x], ([input]) => [run(input!)]);
  expectTensorsClose(graph[0]!, eager[0]!);
  tf.dispose([x, graph, eager]);
});

test.each<[string, () => unknown]>([
  ['it reads the values of a tensor', () => tf.tensor1d([1, 2]).neg().dataSync()],
  ['it draws random numbers in JavaScript', () => tf.randomUniform([2])],
  [
    'it uses tensors that are neither float32 nor int32 nor bool',
    () => tf.tensor1d(['a', 'b']).expandDims(0),
  ],
])('refuses: %s', (reason, run) => {
  const before = [tf.memory().numTensors, nativeTensors()];
  expect(() => record(run)).toThrow(new Untraceable(reason));
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

test('runs a function that it refuses to its end, with the values that it would have had', () => {
  let read: unknown;
  expect(() => record(() => (read = tf.tensor1d([1, 2]).neg().arraySync()))).toThrow(Untraceable);
  expect(read).toEqual([-1, -2]);
});

test('lets errors pass, and leaves the backend and Math.random as they were', () => {
  const { binding } = backend;
  const { random } = Math;
  const { getInputTensorIds } = backend as unknown as { getInputTensorIds: unknown };
  const fail = () => {
    throw new RangeError('enough');
  };
  expect(() => record(fail)).toThrow(new RangeError('enough'));
  expect(backend.binding).toBe(binding);
  expect(Math.random).toBe(random);
  expect((backend as unknown as { getInputTensorIds: unknown }).getInputTensorIds).toBe(
    getInputTensorIds,
  );
  expect(Object.hasOwn(backend, 'getInputTensorIds')).toBe(false);
});

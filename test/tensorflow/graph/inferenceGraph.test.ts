import { InferenceGraph } from '../../../src/tensorflow/graph/inferenceGraph';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { buildModel, makeBatch, modelFamily } from '../../support/modelFamily';
import { nativeTensors } from '../../support/nativeOps';
import { buildTiny, initializer, sessions } from '../../support/tinyModel';

const warnings: unknown[] = [];
beforeEach(() => {
  warnings.length = 0;
  jest.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(line));
});
afterEach(() => jest.restoreAllMocks());

const counts = () => [tf.memory().numTensors, nativeTensors(), sessions()];
const x = (samples: number) => tf.randomUniform([samples, 2], -1, 1, 'float32', samples);

function numbersOf(result: tf.Tensor | tf.Tensor[]): number[][] {
  const tensors = [result].flat() as tf.Tensor[];
  const numbers = tensors.map((tensor) => Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  return numbers;
}

describe.each(modelFamily.map((spec) => [spec.name, spec] as const))('%s', (_, spec) => {
  test('predicts and is evaluated by the graph as op by op', async () => {
    const before = counts();
    const model = buildModel(spec);
    model.compile({ optimizer: 'sgd', loss: spec.loss, metrics: ['mae'] });
    const { xs, ys } = makeBatch(spec);
    const run = () => [numbersOf(model.predict(xs)), numbersOf(model.evaluate(xs, ys))];
    const expected = await opByOp(run);
    const { result, graphRuns } = await countingGraphRuns(() => [run(), run(), run()]);
    expect(graphRuns).toBe(4); // The first of each is op by op.
    for (const values of result) {
      values.flat(2).forEach((value, i) => expect(value).toBeCloseTo(expected.flat(2)[i]!, 5));
    }
    model.dispose();
    tf.dispose([xs, ys]);
    expect(counts()).toEqual(before);
  });
});

test('predicts in batches, the last of which is smaller', async () => {
  const model = buildTiny();
  const input = x(7);
  const run = () => numbersOf(model.predict(input, { batchSize: 3 }))[0]!;
  const expected = await opByOp(run);
  const { result, graphRuns } = await countingGraphRuns(() => [run(), run()]);
  // Batches of 3, 3, 1, 3, 3, 1: the first of each shape is op by op.
  expect(graphRuns).toBe(4);
  for (const values of result) {
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  }
  model.dispose();
  input.dispose();
});

test('follows weights that are set, trained or compiled anew', async () => {
  // Not a Sequential model, which does its work in a new one when it is compiled.
  const tiny = buildTiny();
  const model = tf.model({ inputs: tiny.inputs, outputs: tiny.outputs });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['mae'] });
  const [input, target] = [x(4), tf.ones([4, 1])];
  const look = () => [numbersOf(model.predict(input)), numbersOf(model.evaluate(input, target))];
  const changes: Array<() => unknown> = [
    () => tf.tidy(() => model.setWeights(model.getWeights().map((weight) => weight.mul(2)))),
    () => model.trainOnBatch(input, target),
    () => model.compile({ optimizer: 'sgd', loss: 'meanAbsoluteError', metrics: ['mse'] }),
    () => model.compile({ optimizer: 'sgd', loss: 'meanAbsoluteError' }),
  ];
  for (let i = 0; i < 3; i++) look();
  const looks: number[] = [];
  for (const change of changes) {
    await change();
    const expected = (await opByOp(look)).flat(2);
    const { result, graphRuns } = await countingGraphRuns(() => [look(), look(), look()]);
    looks.push(graphRuns);
    for (const values of result.map((each) => each.flat(2))) {
      expect(values.length).toBe(expected.length);
      values.forEach((value, j) => expect(value).toBeCloseTo(expected[j]!, 5));
    }
  }
  expect(looks).toEqual([6, 6, 4, 4]); // After it was compiled anew, the first of each is op by op.
  model.dispose();
  tf.dispose([input, target]);
});

test('tells weights apart that were given the same tensor before the graph was made', async () => {
  const dense = (seed: number) =>
    tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: initializer(seed) });
  const [a, b] = [dense(2), dense(3)];
  const model = tf.sequential({ layers: [a, b] });
  const input = x(3);
  const look = () => numbersOf(model.predict(input));
  look();
  b.setWeights(a.getWeights());
  look();
  const others = [tf.zeros([2, 2]), tf.ones([2])];
  a.setWeights(others);
  const { result, graphRuns } = await countingGraphRuns(look);
  expect(graphRuns).toBe(1);
  const expected = await opByOp(look);
  result.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.flat()[i]!, 6));
  model.dispose();
  tf.dispose([input, others]);
});

test('calls a hook that was set later, and is a graph again once it is taken away', async () => {
  const model = buildTiny();
  const input = x(3);
  const look = () => numbersOf(model.predict(input));
  for (let i = 0; i < 3; i++) look();
  const calls: string[] = [];
  model.layers[0]!.setCallHook(() => void calls.push('hook'));
  look();
  model.layers[0]!.clearCallHook();
  const own = model.layers[1]! as tf.layers.Layer & { call: tf.layers.Layer['call'] };
  const call = own.call.bind(own);
  own.call = (...args) => {
    calls.push('call');
    return call(...args);
  };
  look();
  expect(calls).toEqual(['hook', 'call']);
  Reflect.deleteProperty(own, 'call');
  look();
  const { graphRuns } = await countingGraphRuns(look);
  expect(graphRuns).toBe(1);
  model.dispose();
  input.dispose();
});

test('predicts with a layer of its own whose settings are no text', () => {
  class Wrap extends tf.layers.Layer {
    static className = 'Wrap';
    override getConfig(): never {
      throw new Error('is not saved');
    }
    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return [inputs].flat()[0]!.clone();
    }
    override computeOutputShape(shape: tf.Shape): tf.Shape {
      return shape;
    }
  }
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2] }), new Wrap({ name: 'wrap' })],
  });
  const input = x(3);
  for (let i = 0; i < 3; i++) expect(numbersOf(model.predict(input))[0]).toHaveLength(3);
  expect(warnings).toEqual([
    expect.stringMatching(/predicts op by op.* its layer "wrap" is of the class Wrap/),
  ]);
  model.dispose();
  input.dispose();
});

test('gives outputs of several inputs in their order', async () => {
  const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [3] })];
  const dense = (units: number, input: tf.SymbolicTensor) =>
    tf.layers
      .dense({ units, kernelInitializer: initializer(units) })
      .apply(input) as tf.SymbolicTensor;
  const model = tf.model({ inputs: [a, b], outputs: [dense(2, b), dense(1, a)] });
  const inputs = [tf.ones([4, 2]), tf.ones([4, 3])];
  const run = () => numbersOf(model.predict(inputs, { batchSize: 4 }));
  const expected = await opByOp(run);
  run();
  const { result, graphRuns } = await countingGraphRuns(run);
  expect(graphRuns).toBe(1);
  expect(result.map(({ length }) => length)).toEqual([8, 4]);
  result.flat().forEach((value, i) => expect(value).toBeCloseTo(expected.flat()[i]!, 6));
  model.dispose();
  tf.dispose(inputs);
});

test('leaves tfjs its errors, and predicts on', async () => {
  const model = buildTiny();
  const [good, wrong] = [x(3), tf.ones([3, 5])];
  for (let i = 0; i < 3; i++) {
    expect(() => model.predict(wrong)).toThrow(/shape/);
    expect(() => model.predict(good, { batchSize: 0 })).toThrow(/batchSize/);
  }
  numbersOf(model.predict(good));
  const { graphRuns } = await countingGraphRuns(() => numbersOf(model.predict(good)));
  expect(graphRuns).toBe(1);
  model.dispose();
  tf.dispose([good, wrong]);
});

test('says once that a loss of its own is evaluated op by op; the predictions are by the graph', async () => {
  const model = buildTiny();
  model.compile({ optimizer: 'sgd', loss: (labels, y) => y.sub(labels).abs().mean() });
  const [input, target] = [x(3), tf.ones([3, 1])];
  const { graphRuns } = await countingGraphRuns(() => {
    for (let i = 0; i < 3; i++) numbersOf(model.evaluate(input, target));
    for (let i = 0; i < 3; i++) numbersOf(model.predict(input));
  });
  expect(graphRuns).toBe(2);
  expect(warnings).toEqual([
    expect.stringMatching(
      /is evaluated op by op, which is right but slower: its loss is a function of its own/,
    ),
  ]);
  model.dispose();
  tf.dispose([input, target]);
});

test('frees its session after an error in the graph, and goes on op by op', () => {
  const model = buildTiny();
  const graph = new InferenceGraph(model);
  const input = x(3);
  let calls = 0;
  const stock = (batch: tf.Tensor[]) => {
    calls++;
    return [batch[0]!.mul(calls === 2 ? batch[0]!.max().dataSync()[0]! : 1)];
  };
  for (let i = 0; i < 3; i++) numbersOf(graph.run('predicts', [input], stock));
  // Op by op, to be traced, op by op instead, and op by op.
  expect(calls).toBe(4);
  expect(warnings).toEqual([expect.stringContaining('it reads the values of a tensor')]);
  expect(sessions()).toBe(0);
  graph.close();
  model.dispose();
  input.dispose();
});

test('follows a layer whose settings change', async () => {
  const model = tf.sequential({
    layers: [tf.layers.leakyReLU({ alpha: 0.5, inputShape: [1] })],
  });
  const x = tf.tensor2d([[-1]]);
  const predict = () => {
    const y = model.predict(x) as tf.Tensor;
    const [value] = y.dataSync();
    y.dispose();
    return value;
  };
  const thrice = () => countingGraphRuns(() => [predict(), predict(), predict()]);
  const before = await thrice();
  (model.layers[0] as unknown as { alpha: number }).alpha = 0.25;
  const after = await thrice();
  expect(before).toEqual({ result: [-0.5, -0.5, -0.5], graphRuns: 2 });
  expect(after).toEqual({ result: [-0.25, -0.25, -0.25], graphRuns: 2 });
  x.dispose();
  model.dispose();
});

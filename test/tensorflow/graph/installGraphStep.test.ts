import { tf } from '../../../src/tensorflow/native/tfjs';

const METHODS = ['makeTrainFunction', 'makeTestFunction', 'predictLoop', 'fit', 'fitDataset'];

/** The methods of tfjs at which a graph comes in. */
function methods(): unknown[] {
  const model = tf.LayersModel.prototype as unknown as Record<string, unknown>;
  const [dropout] = tf.serialization.SerializationMap.getMap().classNameMap['Dropout']!;
  return [...METHODS.map((name) => model[name]), (dropout.prototype as { call: unknown }).call];
}

test('SMILE_GRAPH=0 leaves tfjs as it is; without it the graph step is installed once', async () => {
  // Which computes the losses and refuses data as Keras does, by a graph and without.
  (await import('../../../src/tensorflow/refuseEmptyData')).refuseEmptyData();
  (await import('../../../src/tensorflow/refuseNoSamples')).refuseNoSamples();
  (await import('../../../src/tensorflow/refuseRates')).refuseRates();
  (await import('../../../src/tensorflow/objective/installObjective')).installObjective();
  (await import('../../../src/tensorflow/installFreezing')).installFreezing();
  (await import('../../../src/tensorflow/objective/installLabelCheck')).installLabelCheck();
  (await import('../../../src/tensorflow/runningTraining')).installTrainingEpoch();
  (await import('../../../src/tensorflow/installCallbackOrder')).installCallbackOrder();
  const stock = methods();
  process.env['SMILE_GRAPH'] = '0';
  await import('../../../src/tensorflow/tf');
  const { installGraphStep } = await import('../../../src/tensorflow/graph/installGraphStep');
  installGraphStep();
  expect(methods()).toEqual(stock);
  delete process.env['SMILE_GRAPH'];

  installGraphStep();
  const installed = methods();
  installed.forEach((method, i) => expect(method).not.toBe(stock[i]));
  installGraphStep();
  expect(methods()).toEqual(installed);
});

describe('once it is installed', () => {
  type Support = typeof import('../../support/graph') & typeof import('../../support/tinyModel');
  let support: Support;
  let model: tf.Sequential;
  let x: tf.Tensor;
  let y: tf.Tensor;

  beforeAll(async () => {
    support = {
      ...(await import('../../support/graph')),
      ...(await import('../../support/tinyModel')),
    };
  });
  beforeEach(() => {
    model = support.buildTiny();
    [x, y] = support.makeData();
  });
  afterEach(() => {
    model.dispose();
    tf.dispose([x, y]);
    expect(support.sessions()).toBe(0);
  });

  test.each<[string, () => unknown]>([
    ['predict() and evaluate()', () => [model.predict(x), model.evaluate(x, y)]],
    ['predictOnBatch()', () => model.predictOnBatch(x)],
    ['evaluateDataset()', () => model.evaluateDataset(tf.data.array([{ xs: x, ys: y }]), {})],
  ])('%s runs by the graph', async (_, run) => {
    const { graphRuns } = await support.countingGraphRuns(async () => {
      for (let i = 0; i < 3; i++) tf.dispose((await run()) as tf.TensorContainer);
    });
    expect(graphRuns).toBeGreaterThanOrEqual(2);
  });

  test('fit(), fitDataset() and trainOnBatch() run by the graph, and only the last keeps it open', async () => {
    const runs: number[] = [];
    for (const train of [
      () => model.fit(x, y, { epochs: 1, verbose: 0 }),
      () => model.fitDataset(tf.data.array([{ xs: x, ys: y }]), { epochs: 1, verbose: 0 }),
      () => model.trainOnBatch(x, y),
    ]) {
      expect(support.sessions()).toBe(0);
      const { graphRuns } = await support.countingGraphRuns<unknown>(train);
      runs.push(graphRuns);
    }
    expect(runs).toEqual([1, 1, 1]);
    expect(support.sessions()).toBe(1);
  });

  test('predictions have gradients, by weights and by inputs', async () => {
    for (let i = 0; i < 3; i++) tf.dispose(model.predict(x));
    const gradients = () =>
      tf.tidy(() => {
        const predict = (input: tf.Tensor) => model.predict(input) as tf.Tensor;
        const byInput = tf.grad((input) => predict(input).sum())(x);
        const { grads } = tf.variableGrads(() => predict(x).sub(y).square().mean());
        return [byInput, ...Object.values(grads)].map((tensor) => Array.from(tensor.dataSync()));
      });
    const { result, graphRuns } = await support.countingGraphRuns(gradients);
    expect(graphRuns).toBe(0);
    expect(result.length).toBe(5);
    support.expectClose(result, await support.opByOp(gradients));
    const after = await support.countingGraphRuns(() => tf.dispose(model.predict(x)));
    expect(after.graphRuns).toBe(1);
  });

  test('on another backend all is op by op, and the weights come and go with it', async () => {
    await model.trainOnBatch(x, y);
    const { result, graphRuns } = await support.countingGraphRuns(async () => {
      await tf.setBackend('cpu');
      const loss = await model.trainOnBatch(x, y);
      tf.dispose([model.predict(x), model.predict(x)]);
      const weights = support.weightsOf(model);
      await tf.setBackend('tensorflow');
      return { loss, weights };
    });
    expect(graphRuns).toBe(0);
    support.expectClose(support.weightsOf(model), result.weights);
    await model.trainOnBatch(x, y);
    const expected = await support.opByOp(async () => {
      const other = support.buildTiny();
      for (let i = 0; i < 3; i++) await other.trainOnBatch(x, y);
      const weights = support.weightsOf(other);
      other.dispose();
      return weights;
    });
    support.expectClose(support.weightsOf(model), expected);
  });

  test('a layer that is added to a Sequential model is predicted with', async () => {
    for (let i = 0; i < 3; i++) tf.dispose(model.predict(x));
    const before = model.predict(x) as tf.Tensor;
    model.add(tf.layers.activation({ activation: 'sigmoid' }));
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const sigmoid = [Array.from(before.sigmoid().dataSync())];
    before.dispose();
    const predict = () => {
      const prediction = model.predict(x) as tf.Tensor;
      const values = Array.from(prediction.dataSync());
      prediction.dispose();
      return [values];
    };
    support.expectClose(await support.opByOp(predict), sigmoid);
    for (let i = 0; i < 3; i++) support.expectClose(predict(), sigmoid);
  });
});

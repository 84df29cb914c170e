import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tf } from '../../../src/tensorflow/tf';
import { runCompiled } from '../../support/children';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { GraphError, GraphSession } from '../../../src/tensorflow/graph/graphSession';
import { toPlain } from '../../support/modelFamily';
import { nativeTensors } from '../../support/nativeOps';
import {
  both,
  buildTiny,
  expectClose,
  graphFolders,
  initializer,
  leftovers,
  makeData,
  sessions,
  weightsOf,
} from '../../support/tinyModel';

/** An optimizer's variables, or gradients, with their names. */
type State = Awaited<ReturnType<tf.Optimizer['getWeights']>>;

let data: [xs: tf.Tensor, ys: tf.Tensor];
beforeEach(() => {
  data = makeData();
  tf.dispose(data.map((tensor) => tensor.neg())); // so that their values are TensorFlow's
});
afterEach(() => {
  tf.dispose(data);
  jest.restoreAllMocks();
});

describe('fit', () => {
  test('gives the history of op by op, with validation and a smaller last batch', async () => {
    const { graph, eager } = await both(9 + 9, async (model) => {
      const { history, epoch } = await model.fit(...data, {
        epochs: 3,
        batchSize: 2,
        shuffle: false,
        validationData: data as [tf.Tensor, tf.Tensor],
        verbose: 0,
      });
      return { history: history as Record<string, number[]>, epoch };
    });
    expect(graph.result.epoch).toEqual([0, 1, 2]);
    expect(Object.keys(graph.result.history)).toEqual(Object.keys(eager.result.history));
    for (const [name, values] of Object.entries(eager.result.history)) {
      expectClose([graph.result.history[name]!], [values]);
    }
    expectClose(graph.weights, eager.weights);
  });

  test('weighs classes', async () => {
    const { graph, eager } = await both(
      2,
      async (model) => {
        const ys = tf.tensor2d([[0], [1], [1], [0], [1]]);
        await model.fit(data[0], ys, {
          epochs: 2,
          batchSize: 5,
          shuffle: false,
          classWeight: { 0: 3, 1: 0.5 },
          verbose: 0,
        });
        ys.dispose();
      },
      () => {
        const model = buildTiny();
        model.compile({ optimizer: tf.train.sgd(0.1), loss: 'binaryCrossentropy' });
        return model;
      },
    );
    expectClose(graph.weights, eager.weights);
  });

  test('refuses sample weights as tfjs does', async () => {
    const refusals = [];
    for (const run of [<T>(f: () => Promise<T>) => f(), opByOp]) {
      const model = buildTiny();
      const sampleWeight = tf.ones([5]);
      const training = run(() => model.fit(...data, { epochs: 1, sampleWeight, verbose: 0 }));
      refusals.push(await training.then(String, String));
      sampleWeight.dispose();
      model.dispose();
    }
    expect(refusals[0]).toMatch(/not (implemented|supported)/i);
    expect(refusals[0]).toBe(refusals[1]);
  });

  test('follows a learning rate that a callback changes, and stops when a callback asks', async () => {
    const { graph, eager } = await both(
      5,
      async (model) => {
        const { optimizer } = model as unknown as { optimizer: tf.SGDOptimizer };
        const { epoch } = await model.fit(...data, {
          epochs: 9,
          batchSize: 5,
          shuffle: false,
          verbose: 0,
          callbacks: {
            onEpochEnd: (i) => {
              optimizer.setLearningRate(0.1 / (i + 1));
              if (i === 4) model.stopTraining = true;
            },
          },
        });
        return epoch;
      },
      () => buildTiny(tf.train.sgd(0.2)),
    );
    expect(graph.result).toEqual([0, 1, 2, 3, 4]);
    expectClose(graph.weights, eager.weights);
  });

  test('shows callbacks the true weights after each batch, and keeps clones as they were', async () => {
    const { graph, eager } = await both(6, async (model) => {
      const seen: number[][][] = [];
      const clones: tf.Tensor[][] = [];
      await model.fit(...data, {
        epochs: 2,
        batchSize: 2,
        shuffle: false,
        verbose: 0,
        yieldEvery: 'batch',
        callbacks: {
          onBatchEnd: () => {
            seen.push(weightsOf(model));
            clones.push(model.getWeights().map((weight) => weight.clone()));
          },
        },
      });
      const cloned = clones.map((list) => list.map((tensor) => Array.from(tensor.dataSync())));
      tf.dispose(clones);
      return { seen, cloned };
    });
    expect(graph.result.seen.length).toBe(6);
    graph.result.seen.forEach((weights, i) => expectClose(weights, eager.result.seen[i]!));
    expect(graph.result.cloned).toEqual(graph.result.seen);
  });

  test('moves no weights between TensorFlow and tfjs while nobody looks', async () => {
    const model = buildTiny('adam');
    const run = jest.spyOn(GraphSession.prototype, 'run');
    await model.fit(...data, { epochs: 4, batchSize: 5, shuffle: false, verbose: 0 });
    // The values go in, four steps, and at the end the weights, m and v come back.
    expect(run).toHaveBeenCalledTimes(1 + 4 + 3);
    model.dispose();
  });

  test('goes on from weights that a callback sets', async () => {
    const { graph, eager } = await both(3, async (model) => {
      const start = model.getWeights().map((weight) => weight.clone());
      await model.fit(...data, {
        epochs: 3,
        batchSize: 5,
        shuffle: false,
        verbose: 0,
        callbacks: {
          onEpochEnd: (epoch) => {
            if (epoch === 1) model.setWeights(start);
          },
        },
      });
      const kept = start.map((tensor) => Array.from(tensor.dataSync()));
      tf.dispose(start);
      return kept;
    });
    expectClose(graph.weights, eager.weights);
    expect(graph.result).toEqual(eager.result); // What was set is not trained itself.
  });

  test.each(['adam', 'momentum', 'rmsprop', 'adagrad'])(
    'shows callbacks the true state of %s, and goes on from a state that they set',
    async (name) => {
      const { graph, eager } = await both(5, async (model) => {
        const optimizer = name === 'momentum' ? tf.train.momentum(0.1, 0.9) : name;
        model.compile({ optimizer: optimizer as string, loss: 'meanSquaredError' });
        const states: number[][][] = [];
        let start: State = [];
        await model.fit(...data, {
          epochs: 5,
          batchSize: 5,
          shuffle: false,
          verbose: 0,
          callbacks: {
            onEpochEnd: async (epoch) => {
              const state = await model.optimizer.getWeights();
              states.push(state.map(({ tensor }) => Array.from(tensor.dataSync())));
              if (epoch === 1) {
                start = state.map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
              }
              if (epoch === 3) await model.optimizer.setWeights(start);
            },
          },
        });
        return states;
      });
      graph.result.forEach((state, i) => expectClose(state, eager.result[i]!));
      expectClose(graph.weights, eager.weights);
    },
  );

  test('follows a rate that a callback changes', async () => {
    const make = () => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: 8, inputShape: [2], kernelInitializer: initializer(1) }),
          tf.layers.dropout({ rate: 0.5, seed: 3 }),
          tf.layers.dense({ units: 1, kernelInitializer: initializer(2) }),
        ],
      });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    const { graph, eager } = await both(
      4,
      async (model) => {
        const dropout = model.layers[1] as unknown as { rate: number };
        await model.fit(...data, {
          epochs: 4,
          batchSize: 5,
          shuffle: false,
          verbose: 0,
          callbacks: { onEpochEnd: () => void (dropout.rate = 0.9) },
        });
      },
      make,
    );
    expectClose(graph.weights, eager.weights);
  });

  test('continues with what a callback compiles', async () => {
    const train = async () => {
      const input = tf.input({ shape: [2] });
      const dense = tf.layers.dense({ units: 1, kernelInitializer: initializer(1) });
      const model = tf.model({ inputs: input, outputs: dense.apply(input) as tf.SymbolicTensor });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      await model.fit(...data, {
        epochs: 4,
        batchSize: 5,
        shuffle: false,
        verbose: 0,
        callbacks: {
          onEpochEnd: (epoch) => {
            if (epoch !== 1) return;
            model.compile({ optimizer: tf.train.sgd(0.2), loss: 'meanAbsoluteError' });
          },
        },
      });
      const weights = weightsOf(model);
      model.dispose();
      return weights;
    };
    const { result, graphRuns } = await countingGraphRuns(train);
    expect(graphRuns).toBe(4);
    expectClose(result, await opByOp(train));
  });

  test('of a model that a callback disposes of ends with the error of tfjs, and frees its session', async () => {
    const errors: string[] = [];
    const kept: number[][] = [];
    const runs: number[] = [];
    for (const run of [<T>(f: () => Promise<T>) => f(), opByOp]) {
      const before = [tf.memory().numTensors, nativeTensors()];
      const model = buildTiny('adam');
      const callbacks = { onEpochEnd: () => void model.dispose() };
      const train = () => model.fit(...data, { epochs: 2, batchSize: 5, verbose: 0, callbacks });
      const { result, graphRuns } = await countingGraphRuns(() => run(train).then(String, String));
      errors.push(result.replace(/\d+/g, ''));
      runs.push(graphRuns);
      const after = [tf.memory().numTensors, nativeTensors()];
      kept.push(after.map((count, i) => count - before[i]!));
    }
    expect(runs).toEqual([1, 0]);
    expect(kept[0]).toEqual(kept[1]);
    expect(graphFolders()).toEqual([]);
    expect(errors[0]).toMatch(/is already disposed/);
    expect(errors[0]).toBe(errors[1]);
    expect(sessions()).toBe(0);
  });

  test('that is refused because another one runs disturbs nothing', async () => {
    const { graph, eager } = await both(9, async (model) => {
      let refusal = '';
      let open = 0;
      const settings = { epochs: 3, batchSize: 2, shuffle: false, verbose: 0 } as const;
      await model.fit(...data, {
        ...settings,
        callbacks: {
          onEpochEnd: async () => {
            refusal = await model.fit(...data, settings).then(String, String);
            open = sessions();
          },
        },
      });
      return { refusal, open };
    });
    expect(graph.result.open).toBe(1);
    expect(graph.result.refusal).toContain('another fit() call is ongoing');
    expect(graph.result.refusal).toBe(eager.result.refusal);
    expectClose(graph.weights, eager.weights);
  });

  test('saves the true weights in the middle of a training', async () => {
    const { graph, eager } = await both(2, async (model) => {
      let saved: number[] = [];
      const handler = tf.io.withSaveHandler(({ weightData }) => {
        saved = Array.from(new Float32Array(weightData as ArrayBuffer));
        return Promise.resolve({
          modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' },
        });
      });
      await model.fit(...data, {
        epochs: 2,
        batchSize: 5,
        shuffle: false,
        verbose: 0,
        callbacks: {
          onEpochEnd: async (epoch) => {
            if (epoch === 0) await model.save(handler);
          },
        },
      });
      return saved;
    });
    expect(graph.result.length).toBe(13);
    expectClose([graph.result], [eager.result]);
  });

  test('keeps true weights, and frees its session, when a callback throws', async () => {
    const { graph, eager } = await both(2, async (model) => {
      const training = model.fit(...data, {
        epochs: 3,
        batchSize: 5,
        shuffle: false,
        verbose: 0,
        callbacks: {
          onEpochEnd: (epoch) => {
            if (epoch === 1) throw new Error('enough');
          },
        },
      });
      await expect(training).rejects.toThrow('enough');
      return sessions();
    });
    expect(graph.result).toBe(0);
    expectClose(graph.weights, eager.weights);
  });
});

describe('a model that changes between two fits', () => {
  const settings = { epochs: 2, batchSize: 5, shuffle: false, verbose: 0 } as const;

  test('trains the layers that are left when others are frozen', async () => {
    const { graph, eager } = await both(4, async (model) => {
      await model.fit(...data, settings);
      const kernels = () => model.layers.map(({ weights }) => toPlain(weights[0]!.read()));
      const before = kernels();
      model.layers[0]!.trainable = false;
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      await model.fit(...data, settings);
      return { before, after: kernels() };
    });
    expect(graph.result.after[0]).toEqual(graph.result.before[0]);
    expect(graph.result.after[1]).not.toEqual(graph.result.before[1]);
    expectClose(graph.weights, eager.weights);
  });

  test.each(['adam', 'momentum', 'rmsprop'])('trains on by %s after other losses', async (name) => {
    const { graph, eager } = await both(4, async (model) => {
      const optimizer = name === 'momentum' ? tf.train.momentum(0.1, 0.9) : name;
      await model.fit(...data, settings);
      model.compile({ optimizer, loss: 'meanAbsoluteError' });
      await model.fit(...data, settings);
    });
    expectClose(graph.weights, eager.weights);
  });

  test.each(['adam', 'sgd'])('trains on after steps of %s by hand', async (name) => {
    const { graph, eager } = await both(
      3,
      async (model) => {
        for (let i = 0; i < 3; i++) {
          await model.trainOnBatch(...data);
          model.optimizer.minimize(() => {
            const outputs = model.apply(data[0], { training: true }) as tf.Tensor;
            return outputs.sub(data[1]).square().mean();
          });
        }
      },
      () => buildTiny(name),
    );
    expectClose(graph.weights, eager.weights);
  });

  test('trains on from weights that were set', async () => {
    const { graph, eager } = await both(4, async (model) => {
      await model.fit(...data, settings);
      const weights = model.getWeights().map((weight) => weight.mul(0.5));
      model.setWeights(weights);
      tf.dispose(weights);
      await model.fit(...data, settings);
    });
    expectClose(graph.weights, eager.weights);
  });

  test('says that it is disposed, as tfjs does', async () => {
    const model = buildTiny();
    await model.fit(...data, settings);
    model.dispose();
    await expect(model.fit(...data, settings)).rejects.toThrow(/dispose/);
  });
});

describe('what is changed between two trainings', () => {
  const settings = { epochs: 2, batchSize: 5, shuffle: false, verbose: 0 } as const;

  test('counts: a hook is called, and an added loss is trained with', async () => {
    jest.spyOn(console, 'warn').mockImplementation();
    const { graph, eager } = await both(2 + 2, async (model) => {
      await model.fit(...data, settings);
      let calls = 0;
      const [first, last] = model.layers as [tf.layers.Layer, tf.layers.Layer];
      first.setCallHook(() => void calls++);
      await model.fit(...data, settings);
      first.clearCallHook();
      await model.fit(...data, settings);
      last.addLoss(() => last.getWeights()[0]!.square().sum().asScalar());
      await model.fit(...data, settings);
      return calls;
    });
    expect([graph.result, eager.result]).toEqual([2, 2]);
    expectClose(graph.weights, eager.weights);
  });

  test('counts: a model that is frozen as a whole is refused in a sentence', async () => {
    jest.spyOn(console, 'warn').mockImplementation(); // tfjs recommends to compile
    const { graph, eager } = await both(2, async (model) => {
      await model.fit(...data, settings);
      model.trainable = false;
      return (await model.fit(...data, settings).then(String, String)).replace(/\d+/g, '');
    });
    expect(graph.result).toMatch(/at least one weight must be left to train/);
    expect(graph.result).toBe(eager.result);
    expectClose(graph.weights, eager.weights);
  });

  test('counts: a model within the model that is frozen stays as it is', async () => {
    jest.spyOn(console, 'warn').mockImplementation(); // tfjs recommends to compile
    const make = () => {
      const base = tf.sequential({
        name: 'base',
        layers: [tf.layers.dense({ units: 3, inputShape: [3], kernelInitializer: initializer(2) })],
      });
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer: initializer(1) }),
          base,
          tf.layers.dense({ units: 1, kernelInitializer: initializer(3) }),
        ],
      });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      return model;
    };
    const { graph, eager } = await both(
      4,
      async (model) => {
        await model.fit(...data, settings);
        model.layers[1]!.trainable = false;
        const before = weightsOf(model.layers[1] as tf.Sequential);
        await model.fit(...data, settings);
        expect(weightsOf(model.layers[1] as tf.Sequential)).toEqual(before);
      },
      make,
    );
    expectClose(graph.weights, eager.weights);
  });

  test('counts: the weights of one layer may have become those of another', async () => {
    const make = () => {
      const layer = (seed: number) =>
        tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: initializer(seed) });
      const head = tf.layers.dense({ units: 1, kernelInitializer: initializer(3) });
      const model = tf.sequential({ layers: [layer(1), layer(2), head] });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
      return model;
    };
    const { graph, eager } = await both(
      2 + 4,
      async (model) => {
        await model.fit(...data, settings);
        model.layers[1]!.setWeights(model.layers[0]!.getWeights());
        await model.fit(...data, { ...settings, batchSize: 3 });
      },
      make,
    );
    expectClose(graph.weights, eager.weights);
  });
});

test('says nothing of tensors among the arguments of a layer', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const [encoded, decoded] = [tf.input({ shape: [4, 2] }), tf.input({ shape: [4, 2] })];
  const state = tf.layers.lstm({ units: 3, returnState: true }).apply(encoded);
  const [, h, c] = state as tf.SymbolicTensor[];
  const decoder = tf.layers.lstm({ units: 3 });
  const last = decoder.apply(decoded, { initialState: [h!, c!] }) as tf.SymbolicTensor;
  const outputs = tf.layers.dense({ units: 1 }).apply(last) as tf.SymbolicTensor;
  const model = tf.model({ inputs: [encoded, decoded], outputs });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const [x, y] = [tf.ones([3, 4, 2]), tf.ones([3, 1])];
  const { graphRuns } = await countingGraphRuns(async () => {
    await model.fit([x, x], y, { epochs: 2, verbose: 0 });
    for (let i = 0; i < 2; i++) tf.dispose(model.predict([x, x]));
  });
  expect(graphRuns).toBe(2 + 1);
  expect(warn).not.toHaveBeenCalled();
  model.dispose();
  tf.dispose([x, y]);
});

describe('several models', () => {
  test('train in turn, batch by batch', async () => {
    const run = async () => {
      const models = [buildTiny('adam'), buildTiny('sgd'), buildTiny('rmsprop')];
      for (let i = 0; i < 4; i++) {
        for (const model of models) await model.trainOnBatch(...data);
      }
      const weights = models.map(weightsOf);
      models.forEach((model) => model.dispose());
      return weights;
    };
    const { result, graphRuns } = await countingGraphRuns(run);
    expect(graphRuns).toBe(12);
    const expected = await opByOp(run);
    result.forEach((weights, i) => expectClose(weights, expected[i]!));
  });

  test('train at the same time', async () => {
    const run = async () => {
      const models = [buildTiny('adam'), buildTiny('rmsprop')];
      const fits = models.map((model) =>
        model.fit(...data, {
          epochs: 2,
          batchSize: 2,
          shuffle: false,
          verbose: 0,
          callbacks: { onBatchEnd: () => tf.nextFrame() },
        }),
      );
      await Promise.all(fits);
      const weights = models.map(weightsOf);
      models.forEach((model) => model.dispose());
      return weights;
    };
    const { result, graphRuns } = await countingGraphRuns(run);
    expect(graphRuns).toBe(12);
    const expected = await opByOp(run);
    result.forEach((weights, i) => expectClose(weights, expected[i]!));
  });

  test('share a layer, which both train', async () => {
    const run = async () => {
      const shared = tf.layers.dense({ units: 3, kernelInitializer: initializer(3) });
      const models = [4, 5].map((seed) => {
        const input = tf.input({ shape: [2] });
        const head = tf.layers.dense({ units: 1, kernelInitializer: initializer(seed) });
        const outputs = head.apply(shared.apply(input)) as tf.SymbolicTensor;
        const model = tf.model({ inputs: input, outputs });
        model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
        return model;
      });
      for (let i = 0; i < 3; i++) {
        for (const model of models) await model.trainOnBatch(...data);
      }
      const weights = models.map(weightsOf);
      models.forEach((model) => model.dispose());
      return weights;
    };
    const { result, graphRuns } = await countingGraphRuns(run);
    expect(graphRuns).toBe(6);
    const expected = await opByOp(run);
    result.forEach((weights, i) => expectClose(weights, expected[i]!));
    expect(result[0]!.slice(0, 2)).toEqual(result[1]!.slice(0, 2));
  });

  test('share values without sharing what they learn', async () => {
    const run = async () => {
      const [one, two] = [buildTiny(), buildTiny()] as const;
      two.setWeights(one.getWeights());
      await one.trainOnBatch(...data);
      const weights = [weightsOf(one), weightsOf(two)];
      one.dispose();
      two.dispose();
      return weights;
    };
    const { result, graphRuns } = await countingGraphRuns(run);
    expect(graphRuns).toBe(1);
    const expected = await opByOp(run);
    result.forEach((weights, i) => expectClose(weights, expected[i]!));
    expect(result[0]).not.toEqual(result[1]);
  });
});

describe('batches', () => {
  test('may have any size', async () => {
    const { graph, eager } = await both(5, async (model) => {
      for (const size of [5, 3, 5, 1, 3]) {
        const batch = data.map((tensor) => tensor.slice([0], [size])) as typeof data;
        await model.trainOnBatch(...batch);
        tf.dispose(batch);
      }
    });
    expectClose(graph.weights, eager.weights);
  });

  test('may hold one tensor as inputs and targets, and two at the next step', async () => {
    const make = () => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: initializer(1) })],
      });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    const { graph, eager } = await both(
      2,
      async (model) => {
        await model.trainOnBatch(data[0], data[0]);
        const negative = data[0].neg();
        await model.trainOnBatch(data[0], negative);
        negative.dispose();
      },
      make,
    );
    expectClose(graph.weights, eager.weights);
  });

  const ownMetric = (_: tf.Tensor, outputs: tf.Tensor) => outputs.max();
  test.each([
    ['by the graph', 'mae'],
    ['op by op', ownMetric],
  ])('without samples are refused %s, and the weights stay', async (_, metric) => {
    jest.spyOn(console, 'warn').mockImplementation();
    const model = buildTiny();
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: [metric] });
    const before = weightsOf(model);
    const none = data.map((tensor) => tensor.slice([0], [0])) as typeof data;
    const dataset = tf.data.array([{ xs: none[0], ys: none[1] }]);
    await expect(model.fitDataset(dataset, { epochs: 1, verbose: 0 })).rejects.toThrow(
      'Cannot train on an empty batch: at least one sample is required, got inputs of shape [0,2]',
    );
    expect(weightsOf(model)).toEqual(before);
    tf.dispose(none);
    model.dispose();
  });

  test('without samples behind good ones end a training with the weights of the good ones', async () => {
    const train = async (sizes: number[]) => {
      const model = buildTiny('adam');
      const batches = sizes.map((size) => ({
        xs: data[0].slice([0], [size]),
        ys: data[1].slice([0], [size]),
      }));
      const training = model.fitDataset(tf.data.array(batches), { epochs: 1, verbose: 0 });
      const outcome = await training.then(() => 'trained', String);
      const weights = weightsOf(model);
      tf.dispose(batches);
      model.dispose();
      return { outcome, weights, open: sessions() };
    };
    const { result, graphRuns } = await countingGraphRuns(() => train([3, 2, 0]));
    expect(graphRuns).toBe(2);
    expect(result.outcome).toContain(
      'Cannot train on an empty batch: at least one sample is required, got inputs of shape [0,2]',
    );
    expect(result.open).toBe(0);
    const expected = await opByOp(() => train([3, 2]));
    expect(expected.outcome).toBe('trained');
    expectClose(result.weights, expected.weights);
  });

  test('at which the graph fails are trained with op by op, from the weights before them', async () => {
    jest.spyOn(console, 'warn').mockImplementation();
    const before = leftovers();
    const { graph, eager } = await both(1, async (model) => {
      await model.trainOnBatch(...data);
      const run = jest.spyOn(GraphSession.prototype, 'run').mockImplementationOnce(() => {
        throw new GraphError('the GPU is out of memory');
      });
      await model.trainOnBatch(...data);
      run.mockRestore();
      await model.trainOnBatch(...data);
      return sessions();
    });
    expect(graph.result).toBe(0);
    expectClose(graph.weights, eager.weights);
    expect(leftovers()).toEqual(before);
    expect(console.warn).toHaveBeenCalledTimes(1);
    expect(console.warn).toHaveBeenCalledWith(expect.stringContaining('the GPU is out of memory'));
  });

  test('at which tfjs fails as well are refused by its error, and the training goes on', async () => {
    const atFirst = leftovers();
    const model = buildTiny();
    await model.trainOnBatch(...data);
    const before = weightsOf(model);
    const bad = [tf.ones([4, 2]), tf.ones([4, 1])] as typeof data;
    bad[0].dispose();
    await expect(model.trainOnBatch(...bad)).rejects.toThrow(/disposed/);
    expect(weightsOf(model)).toEqual(before);
    const { graphRuns } = await countingGraphRuns(() => model.trainOnBatch(...data));
    expect(graphRuns).toBe(1);
    bad[1].dispose();
    model.dispose();
    expect(leftovers()).toEqual(atFirst);
  });
});

describe('nothing is left', () => {
  test('after 50 trainings in one process', async () => {
    const train = async () => {
      const model = buildTiny('adam');
      await model.fit(...data, { epochs: 1, batchSize: 2, verbose: 0 });
      model.dispose();
    };
    await train();
    const before = leftovers();
    const { graphRuns } = await countingGraphRuns(async () => {
      for (let i = 0; i < 50; i++) await train();
    });
    expect(graphRuns).toBe(50 * 3);
    expect(leftovers()).toEqual(before);
    expect(sessions()).toBe(0);
  });

  test('more than tfjs itself keeps of a model that is not disposed of', async () => {
    const count = async () => {
      const before = [tf.memory().numTensors, nativeTensors()] as const;
      const model = buildTiny('adam');
      await model.fit(...data, { epochs: 2, batchSize: 5, verbose: 0 });
      weightsOf(model);
      const counts = [tf.memory().numTensors - before[0], nativeTensors() - before[1], sessions()];
      model.dispose();
      return counts;
    };
    const { result, graphRuns } = await countingGraphRuns(count);
    expect(graphRuns).toBe(2);
    expect(result).toEqual(await opByOp(count));
  });

  test('after batch by batch, once the model is disposed of', async () => {
    const before = [tf.memory().numTensors, nativeTensors(), sessions()];
    const model = buildTiny('adam');
    for (let i = 0; i < 3; i++) await model.trainOnBatch(...data);
    expect(sessions()).toBe(1);
    model.dispose();
    expect([tf.memory().numTensors, nativeTensors(), sessions()]).toEqual(before);
  });

  test('of a model that nobody refers to any more, disposed of or not', async () => {
    const { stdout } = await runCompiled(`
      require('node:v8').setFlagsFromString('--expose-gc');
      const gc = require('node:vm').runInNewContext('gc');
      const train = async (dispose) => {
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
        model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
        for (let i = 0; i < 3; i++) {
          await model.trainOnBatch(tf.ones([3, 2]), tf.ones([3, 1]));
          model.predict(tf.ones([3, 2]));
        }
        if (dispose) model.dispose();
        return [new WeakRef(model), new WeakRef(model.model)];
      };
      const models = [...(await train(true)), ...(await train(false))];
      for (let i = 0; i < 10; i++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        gc();
      }
      console.log(models.filter((model) => model.deref()).length, 'of', models.length);`);
    expect(stdout.trim()).toBe('0 of 4');
  });

  test('of a Sequential model that was compiled anew, once it is disposed of', async () => {
    const model = buildTiny('adam');
    await model.trainOnBatch(...data);
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.trainOnBatch(...data);
    expect(sessions()).toBe(1);
    model.dispose();
    expect(sessions()).toBe(0);
  });

  test('more in a training than op by op, batch by batch', async () => {
    const counts = async (model: tf.Sequential) => {
      const start = tf.memory();
      const memory: number[][] = [];
      await model.fit(...data, {
        epochs: 2,
        batchSize: 2,
        shuffle: false,
        verbose: 0,
        callbacks: {
          onBatchEnd: () => {
            const { numTensors, numDataBuffers, numBytes } = tf.memory();
            memory.push([
              numTensors - start.numTensors,
              numDataBuffers - start.numDataBuffers,
              numBytes - start.numBytes,
            ]);
          },
        },
      });
      return memory;
    };
    const { graph, eager } = await both(6, counts, () => buildTiny('adam'));
    expect(graph.result).toEqual(eager.result);
  });

  test('open of models that are never disposed of but a few sessions', async () => {
    const models: tf.Sequential[] = [];
    const { graphRuns } = await countingGraphRuns(async () => {
      for (let i = 0; i < 7; i++) {
        const model = buildTiny();
        await model.trainOnBatch(...data);
        models.push(model);
      }
    });
    expect(graphRuns).toBe(7);
    expect(sessions()).toBeLessThanOrEqual(4);
    const weights = models.map(weightsOf);
    weights.forEach((each) => expect(each).toEqual(weights[0]));
    models.forEach((model) => model.dispose());
    expect(sessions()).toBe(0);
  });
});

describe('where no graph can be made, it trains op by op and says so once', () => {
  /** What is told in two trainings, of which one has two validations, which can be by a graph. */
  async function sentences(make: () => tf.Sequential, evaluations = 0): Promise<string[]> {
    const told: string[] = [];
    jest.spyOn(console, 'warn').mockImplementation((line: string) => void told.push(line));
    const { graph, eager } = await both(
      evaluations,
      async (model) => {
        const settings = { batchSize: 5, shuffle: false, verbose: 0 } as const;
        await model.fit(...data, { ...settings, epochs: 2, validationData: data });
        await model.fit(...data, { ...settings, epochs: 1 });
      },
      make,
    );
    expectClose(graph.weights, eager.weights);
    return told;
  }

  test('for a loss of its own', async () => {
    const make = () => {
      const model = buildTiny();
      const loss = (labels: tf.Tensor, outputs: tf.Tensor) => outputs.sub(labels).abs().mean();
      model.compile({ optimizer: 'sgd', loss });
      return model;
    };
    expect(await sentences(make)).toEqual([
      expect.stringMatching(
        /^The model "sequential_\d+_model" trains op by op, which is right but slower: its loss is a function of its own, so it cannot run as one graph\.$/,
      ),
    ]);
  });

  test('for a layer of its own, also one that reads values', async () => {
    class Halve extends tf.layers.Layer {
      static className = 'Halve';
      override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
        const [x] = [inputs].flat() as [tf.Tensor];
        return tf.tidy(() => x.mul(x.max().dataSync()[0]! > 1e9 ? 1 : 0.5));
      }
      override computeOutputShape(shape: tf.Shape): tf.Shape {
        return shape;
      }
    }
    const make = () => {
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: initializer(1) }));
      model.add(new Halve({ name: 'halve' }));
      model.add(tf.layers.dense({ units: 1, kernelInitializer: initializer(2) }));
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      return model;
    };
    expect(await sentences(make)).toEqual([
      expect.stringContaining('its layer "halve" is of the class Halve'),
    ]);
  });

  test('for an optimizer with a method of its own, which clips gradients', async () => {
    const make = () => {
      const optimizer = tf.train.sgd(0.5);
      const apply = optimizer.applyGradients.bind(optimizer);
      optimizer.applyGradients = (gradients) =>
        apply(
          (gradients as State).map(({ name, tensor }) => ({
            name,
            tensor: tensor.clipByValue(-0.01, 0.01),
          })),
        );
      return buildTiny(optimizer);
    };
    expect(await sentences(make, 2)).toEqual([
      expect.stringContaining('its optimizer calls a function of its own'),
    ]);
  });

  test('for an optimizer that it does not know', async () => {
    expect(await sentences(() => buildTiny(tf.train.adadelta(0.1)), 2)).toEqual([
      expect.stringContaining('its optimizer is Adadelta'),
    ]);
  });

  test('for an embedding, whose gradient reads values while it is traced', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const make = () => {
      const model = tf.sequential({
        layers: [
          tf.layers.embedding({
            inputDim: 7,
            outputDim: 3,
            inputLength: 4,
            embeddingsInitializer: initializer(1),
          }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 1, kernelInitializer: initializer(2) }),
        ],
      });
      model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
      return model;
    };
    const before = leftovers();
    const { graph, eager } = await both(
      0,
      async (model) => {
        const words = tf.tensor2d([1, 2, 3, 4, 0, 6, 6, 1], [2, 4]);
        const ys = tf.tensor2d([[1], [0]]);
        for (let i = 0; i < 3; i++) await model.trainOnBatch(words, ys);
        tf.dispose([words, ys]);
      },
      make,
    );
    expectClose(graph.weights, eager.weights);
    expect(leftovers()).toEqual(before);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining('trains op by op, which is right but slower: it reads the values')],
    ]);
  });

  test('once its batches have more than 16 shapes', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const before = leftovers();
    const { graph, eager } = await both(
      16,
      async (model) => {
        for (let samples = 1; samples <= 18; samples++) {
          const batch = [tf.ones([samples, 2]), tf.ones([samples, 1])] as typeof data;
          await model.trainOnBatch(...batch);
          tf.dispose(batch);
        }
        return sessions();
      },
      () => buildTiny('adam'),
    );
    expect(graph.result).toBe(0);
    expectClose(graph.weights, eager.weights);
    expect(leftovers()).toEqual(before);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining('its batches have more than 16 shapes')],
    ]);
  });

  test('where the file of the graph was tampered with before TensorFlow read it', async () => {
    const write = fs.writeFileSync;
    const tampered: string[] = [];
    jest.spyOn(fs, 'writeFileSync').mockImplementation((file, ...rest) => {
      write(file, ...rest);
      if (!String(file).endsWith('saved_model.pbtxt')) return;
      tampered.push(String(file));
      write(file, 'garbage');
    });
    const [told, ...more] = await sentences(() => buildTiny('adam'));
    // A session each for training and for validation.
    expect(tampered.length).toBe(2);
    expect(told).toMatch(
      /trains op by op, .* its file .*saved_model\.pbtxt was changed before TensorFlow had read it, so/,
    );
    expect(more).toEqual([]);
    expect(graphFolders()).toEqual([]);
  });

  test('where the graph cannot be written', async () => {
    const missing = path.join(os.tmpdir(), 'smile-lab-no-such-folder');
    jest.spyOn(os, 'tmpdir').mockReturnValue(missing);
    const [told, ...more] = await sentences(() => buildTiny());
    expect(told).toContain('no such file or directory');
    expect(more).toEqual([]);
  });
});

test('a dropout layer without a seed trains by the graph, from the first step on', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [2] }),
      tf.layers.dropout({ rate: 0.5 }),
      tf.layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const [xs, ys] = makeData();
  const { graphRuns } = await countingGraphRuns(() => model.trainOnBatch(xs, ys));
  expect(graphRuns).toBe(1);
  model.dispose();
  tf.dispose([xs, ys]);
});

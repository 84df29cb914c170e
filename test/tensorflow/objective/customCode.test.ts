import {
  customCode,
  customObjective,
  trustClass,
} from '../../../src/tensorflow/objective/customCode';
import { layersOf } from '../../../src/tensorflow/graph/modelParts';
import { tf } from '../../../src/tensorflow/tf';

class Twice extends tf.layers.Layer {
  static className = 'Twice';
}

class Own extends tf.serialization.Serializable {
  static className = 'Own';
  getConfig() {
    return {};
  }
  apply(x: tf.Tensor): tf.Tensor {
    return x.square().sum();
  }
}

function model(...layers: tf.layers.Layer[]): tf.LayersModel {
  const input = tf.layers.dense({ units: 2, inputShape: [2], name: 'first' });
  return tf.sequential({ layers: [input, ...layers], name: 'model' });
}

const dense = (args = {}) => tf.layers.dense({ units: 1, name: 'second', ...args });

test("customCode() finds nothing in tfjs's own layers, activations, regularizers and wrappers", () => {
  const layers = [
    tf.layers.reshape({ targetShape: [1, 2] }),
    tf.layers.timeDistributed({ layer: dense({ kernelRegularizer: 'l1l2' }) }),
    tf.layers.bidirectional({ layer: tf.layers.gru({ units: 2 }), mergeMode: 'concat' }),
    tf.layers.batchNormalization(),
    dense({ activation: 'swish', kernelConstraint: 'nonNeg' }),
  ] as tf.layers.Layer[];
  expect(customCode(layersOf(model(...layers)))).toBeUndefined();
  expect(customCode(layersOf(model(model() as tf.Sequential)))).toBeUndefined();
});

test.each<[string, () => tf.LayersModel, string]>([
  [
    'a class',
    () => model(new Twice({ name: 'second' })),
    'its layer "second" is of the class Twice',
  ],
  [
    'a class in a nested model',
    () => model(model(new Twice({ name: 'inner' })) as tf.Sequential),
    'its layer "inner" is of the class Twice',
  ],
  [
    'a class in a wrapper',
    () => {
      const wrapped = tf.layers.timeDistributed({ layer: new Twice({ name: 'inner' }) });
      return model(tf.layers.reshape({ targetShape: [1, 2] }), wrapped);
    },
    'its layer "inner" is of the class Twice',
  ],
  [
    'a regularizer',
    () => model(Object.assign(dense(), { kernelRegularizer: new Own() })),
    'its layer "second" uses the class Own',
  ],
  [
    'an instance method',
    () => {
      const layer = dense();
      layer.call = (x) => x;
      return model(layer);
    },
    'its layer "second" calls a function of its own',
  ],
  [
    'a call hook',
    () => {
      const layer = dense();
      layer.setCallHook(() => {});
      return model(layer);
    },
    'its layer "second" calls a function of its own',
  ],
  [
    'a loss of a layer',
    () => {
      const layer = dense({ kernelRegularizer: 'l1l2' });
      (layer as unknown as { addLoss(loss: () => tf.Scalar): void }).addLoss(() => tf.scalar(1));
      return model(layer);
    },
    'its layer "second" adds a loss of its own',
  ],
])('customCode() names %s', (_, make, expected) => {
  expect(customCode(layersOf(make()))).toBe(expected);
});

test('customCode() passes over a class that is trusted', () => {
  class Trusted extends Twice {
    static override className = 'Trusted';
  }
  const built = model(new Trusted({}));
  expect(customCode(layersOf(built))).toMatch(/is of the class Trusted$/);
  trustClass(Trusted);
  expect(customCode(layersOf(built))).toBeUndefined();
});

test.each<
  [string, tf.ModelCompileArgs['loss'], tf.ModelCompileArgs['metrics'], string | undefined]
>([
  ['named losses and metrics', 'meanSquaredError', ['mae', 'accuracy'], undefined],
  ["tfjs's functions", tf.losses.huberLoss, [tf.metrics.binaryAccuracy], undefined],
  ['a loss', (labels, y) => y.sub(labels).abs(), [], 'its loss is a function of its own'],
  [
    'a metric',
    'meanSquaredError',
    [(labels, y) => y.sub(labels).max()],
    'one of its metrics is a function of its own',
  ],
])('customObjective() tells %s', (_, loss, metrics, expected) => {
  const built = model(dense());
  built.compile({ optimizer: 'sgd', loss: loss!, metrics: metrics! });
  // A Sequential model hands them to the one that does its work.
  expect(customObjective((built as unknown as { model: tf.LayersModel }).model)).toBe(expected);
});

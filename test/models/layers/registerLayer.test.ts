import { BatchNormalization } from '../../../src/models/layers/batchNormalization';
import { Identity } from '../../../src/models/layers/identity';
import { NoiseShapeDropout } from '../../../src/models/layers/noiseShapeDropout';
import { Rectifier } from '../../../src/models/layers/rectifier';
import { registerLayer } from '../../../src/models/layers/registerLayer';
import '../../../src/models/layers/centerCrop';
import '../../../src/models/layers/causalConvolution';
import '../../../src/models/layers/globalAveragePooling1D';
import '../../../src/models/layers/masking';
import '../../../src/models/layers/resizing';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';

test('registerLayer() lets the layers of this library train by the graph', async () => {
  const train = async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 4,
          inputShape: [3],
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
        }),
        new BatchNormalization({}),
        new Rectifier({ maxValue: 6, negativeSlope: 0, threshold: 0 }),
        new NoiseShapeDropout({ rate: 0.5, noiseShape: [null, 1], seed: 3 }),
        tf.layers.dense({
          units: 1,
          kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
        }),
      ],
    });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const xs = tf.randomUniform([8, 3], 0, 1, 'float32', 4);
    const ys = tf.randomUniform([8, 1], 0, 1, 'float32', 5);
    const losses: number[] = [];
    for (let i = 0; i < 3; i++) losses.push((await model.trainOnBatch(xs, ys)) as number);
    tf.dispose([xs, ys]);
    model.dispose();
    return losses;
  };
  const { result, graphRuns } = await countingGraphRuns(train);
  expect(graphRuns).toBe(3);
  const expected = await opByOp(train);
  result.forEach((loss, i) => expect(loss).toBeCloseTo(expected[i]!, 5));
});

test('registerLayer() leaves everything else of tfjs its name: an initializer has that of a layer of Keras', () => {
  class Zeros extends Identity {
    static override readonly className = 'Zeros';
  }
  expect(() => registerLayer(Zeros)).toThrow(
    'Cannot register the layer Zeros: tfjs has something else of that name',
  );
  const layer = tf.layers.dense({ units: 2, inputShape: [2], kernelInitializer: 'identity' });
  const model = tf.sequential({ layers: [layer, new Identity({})] });
  const values = tf.tidy(() => (model.predict(tf.tensor2d([[3, 4]])) as tf.Tensor).dataSync());
  expect(Array.from(values)).toEqual([3, 4]);
  model.dispose();
});

test('tf.layers makes the layers that a saved model is loaded with', () => {
  // Between the middles of pixels, as in Keras: tfjs's own gives [0, 3].
  const x = tf.tensor4d([0, 1, 2, 3], [1, 1, 4, 1]);
  const resizing = tf.layers.resizing({ height: 1, width: 2 });
  expect([...(resizing.apply(x) as tf.Tensor).dataSync()]).toEqual([0.5, 2.5]);
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  for (const layer of [
    resizing,
    tf.layers.centerCrop({ height: 1, width: 2 }),
    tf.layers.batchNormalization(),
    tf.layers.masking(),
    tf.layers.conv1d({ filters: 1, kernelSize: 2, padding: 'causal' }),
    tf.layers.globalAveragePooling1d(),
  ]) {
    expect(layer.constructor).toBe(classNameMap[layer.getClassName()]![0]);
  }
});

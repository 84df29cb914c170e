import { BatchNormalization } from '../../../src/models/layers/batchNormalization';
import { NoiseShapeDropout } from '../../../src/models/layers/noiseShapeDropout';
import { Rectifier } from '../../../src/models/layers/rectifier';
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

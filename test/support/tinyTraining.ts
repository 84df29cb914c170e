import { tf } from '../../src/tensorflow/tf';

/** Four numbers in, a probability out; dropout, moving averages and Adam, so that all of a training's state is in it. */
export function buildTiny(seed = 1): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, inputShape: [4], kernelInitializer }),
      tf.layers.batchNormalization(),
      tf.layers.activation({ activation: 'relu' }),
      tf.layers.dropout({ rate: 0.5, seed: 7 }),
      tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return model;
}

type Batch = { xs: tf.Tensor; ys: tf.Tensor };

/** Twelve samples in batches of four, in the same order each time. */
export function tinyData(): tf.data.Dataset<Batch> {
  const xs = Array.from({ length: 12 }, (_, i) => [i % 2, (i % 3) / 3, (i % 5) / 5, 1]);
  return tf.data
    .array(xs.map((x) => ({ xs: x, ys: [x[0]!] })))
    .batch(4) as unknown as tf.data.Dataset<Batch>;
}

/** Numbers of all weights. */
export function valuesOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => Array.from(weight.dataSync()));
}

/** Calls a callback as a training would whose epochs, of one batch each, ended with these logs. */
export async function endEpochs(
  callback: tf.Callback,
  model: tf.LayersModel,
  epochs: ReadonlyArray<Record<string, number>>,
): Promise<number> {
  callback.setModel(model);
  callback.setParams({ steps: 1, epochs: epochs.length, doValidation: true });
  await callback.onTrainBegin();
  model.stopTraining = false;
  let done = 0;
  for (const [epoch, logs] of epochs.entries()) {
    await callback.onEpochBegin(epoch);
    await callback.onBatchEnd(0, {});
    await callback.onEpochEnd(epoch, logs);
    done++;
    if (model.stopTraining) break;
  }
  await callback.onTrainEnd();
  return done;
}

import { hingeLabels } from '../../../src/tensorflow/objective/hingeLabels';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

test('labels of 0 and 1 become -1 and 1, others stay', () => {
  const after = (labels: number[]) => tf.tidy(() => hingeLabels(tf.tensor1d(labels)).arraySync());
  expect(after([0, 1, 1])).toEqual([-1, 1, 1]);
  expect(after([-1, 1, 1])).toEqual([-1, 1, 1]);
  expect(after([0, 0.5, 1])).toEqual([0, 0.5, 1]);
});

test.each([
  ['hinge', 'hinge'],
  ['squaredHinge', 'squared_hinge'],
])(
  'a network trained with %s learns both classes, with the losses of Keras',
  async (ours, theirs) => {
    const keras = await runPython<{ losses: number[]; outputs: number[] }>(
      `
import json, sys
import numpy as np, keras
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, "tanh", kernel_initializer="ones")])
model.compile(keras.optimizers.SGD(0.5), sys.argv[1])
xs, ys = np.array([[-2], [-1], [3], [4]], "float32"), np.array([1, 1, 0, 0])
losses = model.fit(xs, ys, batch_size=4, epochs=20, verbose=0).history["loss"]
print(json.dumps({"losses": losses, "outputs": model.predict_on_batch(xs).flatten().tolist()}))`,
      [theirs],
    );
    const model = tf.sequential({
      layers: [
        tf.layers.dense({
          units: 1,
          inputShape: [1],
          activation: 'tanh',
          kernelInitializer: 'ones',
        }),
      ],
    });
    model.compile({ optimizer: tf.train.sgd(0.5), loss: ours });
    const xs = tf.tensor2d([[-2], [-1], [3], [4]]);
    const data = tf.data.array([{ xs, ys: tf.tensor1d([1, 1, 0, 0], 'int32') }]);
    const { history } = await model.fitDataset(data, { epochs: 20, verbose: 0 });
    const outputs = Array.from((model.predict(xs) as tf.Tensor).dataSync());
    expect(outputs.map(Math.sign)).toEqual([1, 1, -1, -1]);
    keras.losses.forEach((loss, i) => expect(history['loss']![i]).toBeCloseTo(loss, 4));
    keras.outputs.forEach((output, i) => expect(outputs[i]).toBeCloseTo(output, 4));
  },
);

import { tf } from '../../src/tensorflow/tf';
import { BatchNormalization } from '../../src/models/layers/batchNormalization';
import { runPython } from '../support/keras';

/** What is frozen, before the model is compiled. */
const CASES = ['nothing', 'base', 'base, then no more', 'first layer of base'] as const;
const OUTER = ['sequential', 'functional'] as const;

/** Of each outer model and case: all weights after a step with both pictures, as one list. */
const inKeras = `
import json, sys, keras, numpy as np
from keras import layers as L
cases, outers = json.loads(sys.argv[1])

def trained(outer, case):
    base = keras.Sequential([keras.Input((2,)), L.Dense(2, kernel_initializer='ones'), L.BatchNormalization(momentum=0.5)])
    if outer == 'sequential':
        model = keras.Sequential([base, L.Dense(1, kernel_initializer='ones')])
    else:
        x = keras.Input((2,))
        model = keras.Model(x, L.Dense(1, kernel_initializer='ones')(base(x)))
    if case.startswith('base'):
        base.trainable = False
    if case == 'base, then no more':
        base.trainable = True
    if case == 'first layer of base':
        base.layers[0].trainable = False
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss='mean_squared_error')
    model.fit(np.array([[1, 2], [5, 7]], 'float32'), np.array([[1], [2]], 'float32'), verbose=0, shuffle=False)
    return [float(value) for weight in model.get_weights() for value in weight.ravel()]

print(json.dumps({f'{outer}: {case}': trained(outer, case) for outer in outers for case in cases}))
`;

async function trained(outer: string, what: string): Promise<number[]> {
  const ones = { kernelInitializer: 'ones' } as const;
  const base = tf.sequential({
    layers: [
      tf.layers.dense({ units: 2, inputShape: [2], ...ones }),
      new BatchNormalization({ momentum: 0.5 } as object),
    ],
  });
  const last = tf.layers.dense({ units: 1, ...ones });
  const input = tf.input({ shape: [2] });
  const model =
    outer === 'sequential'
      ? tf.sequential({ layers: [base, last] })
      : tf.model({
          inputs: input,
          outputs: last.apply(base.apply(input)) as tf.SymbolicTensor,
        });
  if (what.startsWith('base')) base.trainable = false;
  if (what === 'base, then no more') base.trainable = true;
  if (what === 'first layer of base') base.layers[0]!.trainable = false;
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  const [x, y] = [
    tf.tensor2d([
      [1, 2],
      [5, 7],
    ]),
    tf.tensor2d([[1], [2]]),
  ];
  await model.fit(x, y, { verbose: 0, shuffle: false, epochs: 1 });
  return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
}

test('what is frozen of a model within another learns nothing, as in Keras', async () => {
  const asked = JSON.stringify([CASES, OUTER]);
  const keras = await runPython<Record<string, number[]>>(inKeras, [asked]);
  for (const outer of OUTER) {
    for (const what of CASES) {
      const ours = await trained(outer, what);
      const expected = keras[`${outer}: ${what}`]!;
      expect({ what, outer, ours: rounded(ours) }).toEqual({
        ...{ what, outer },
        ours: rounded(expected),
      });
    }
  }
});

test('a model of which all is frozen is refused with the cure, when it is compiled frozen and when it is frozen later', async () => {
  for (const isLater of [false, true]) {
    const model = tf.sequential({
      name: 'faces',
      layers: [tf.layers.dense({ units: 1, inputShape: [1] })],
    });
    const compile = () => model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    if (isLater) compile();
    model.trainable = false;
    if (!isLater) compile();
    await expect(model.fit(tf.ones([2, 1]), tf.ones([2, 1]), { verbose: 0 })).rejects.toThrow(
      'Cannot train the model "faces": at least one weight must be left to train, and all are frozen, or there are none; set trainable = true where it shall learn, and compile the model again',
    );
  }
});

/** To a hundred-thousandth, in the order of their size: Keras lists a frozen model's weights in another order. */
function rounded(values: readonly number[]): number[] {
  return values.map((value) => Math.round(value * 1e5) / 1e5 || 0).sort((a, b) => a - b);
}

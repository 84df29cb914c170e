import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';

const RATES = [50, -0.5, 0, 0.5, 0.99];
const LAYERS = {
  dropout: 'Dropout',
  spatialDropout1d: 'SpatialDropout1D',
  alphaDropout: 'AlphaDropout',
  gaussianDropout: 'GaussianDropout',
} as const;
const names = Object.keys(LAYERS) as Array<keyof typeof LAYERS>;

test('the layers of dropout take the rates that Keras takes', async () => {
  const keras = await runPython<boolean[][]>(
    `
import json, sys, keras
def takes(name, rate):
    try:
        getattr(keras.layers, name)(rate)
        return True
    except ValueError:
        return False
names, rates = json.loads(sys.argv[1])
print(json.dumps([[takes(name, rate) for rate in rates] for name in names]))`,
    [JSON.stringify([Object.values(LAYERS), RATES])],
  );
  const takes = (name: keyof typeof LAYERS, rate: number) => {
    try {
      tf.layers[name]({ rate });
      return true;
    } catch (error) {
      expect((error as Error).message).toBe(
        `Cannot make the layer ${name}: its rate must be the share that is left out, from 0 and below 1, got ${rate}`,
      );
      return false;
    }
  };
  expect(names.map((name) => RATES.map((rate) => takes(name, rate)))).toEqual(keras);
});

test.each([1, NaN, '0.5', undefined])(
  'a rate of %p is refused, with which tfjs leaves nothing out',
  (rate) => {
    expect(() => tf.layers.dropout({ rate: rate as number })).toThrow('its rate must be the share');
  },
);

test('fit() refuses a validationSplit that is no share, with which tfjs trains on all and validates nothing', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const fit = (validationSplit: number) =>
    model.fit(tf.ones([10, 1]), tf.ones([10, 1]), { epochs: 1, verbose: 0, validationSplit });
  for (const split of [20, 1, -0.5, NaN]) {
    await expect(fit(split)).rejects.toThrow(
      `Cannot train: validationSplit must be the share of the samples that is kept to validate, from 0 and below 1, got ${split}`,
    );
  }
  expect(Object.keys((await fit(0)).history)).toEqual(['loss']);
  expect(Object.keys((await fit(0.2)).history)).toEqual(['val_loss', 'loss']);
});

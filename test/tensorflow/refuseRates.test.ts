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

import path from 'node:path';
import '../../../src/models/layers/augmentation';
import { layerClass } from '../../../src/models/layers/layerClass';
import { saveKeras } from '../../../src/saving/saveKeras';
import { ModelGraph } from '../../../src/tensorflow/graph/modelGraph';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

/** A layer by Keras' name of it. */
function layer(name: string, settings: object): tf.layers.Layer {
  return new (layerClass(name))(settings as never);
}

const training = (given: tf.layers.Layer, x: tf.Tensor) => {
  const y = given.apply(x, { training: true }) as tf.Tensor;
  return [...y.dataSync()];
};

/** Thousand pictures of four pixels, each of them 10, 20 / 30, 40. */
const pictures = () =>
  tf.tidy(() => tf.tensor4d([10, 20, 30, 40], [1, 2, 2, 1]).tile([1000, 1, 1, 1]));

/** The least and the greatest of the first pixels of all pictures, and their mean. */
function spread(values: number[]): { least: number; greatest: number; mean: number } {
  const firsts = values.filter((_, i) => i % 4 === 0);
  const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
  return { least: Math.min(...firsts), greatest: Math.max(...firsts), mean };
}

describe('a layer that augments pictures', () => {
  test('leaves them as they are when a model predicts', () => {
    const x = pictures();
    const y = layer('RandomBrightness', { factor: 1 }).apply(x) as tf.Tensor;
    expect(y.dataSync()).toEqual(x.dataSync());
  });

  test('mirrors every second picture on average', () => {
    const { least, greatest, mean } = spread(
      training(layer('RandomFlip', { mode: 'horizontal', seed: 1 }), pictures()),
    );
    expect([least, greatest]).toEqual([10, 20]);
    // 15, and four standard errors of a thousand tosses of a coin of 10 and 20: 4 × 5 / √1000.
    expect(Math.abs(mean - 15)).toBeLessThan(0.64);
  });

  test('draws over the whole range of its factor, evenly', () => {
    // 10 + 255 × (0 … 0.5), evenly: 73.75 in the mean, and a deviation of 127.5 / √12.
    const { least, greatest, mean } = spread(
      training(layer('RandomBrightness', { factor: [0, 0.5], seed: 1 }), pictures()),
    );
    expect(least).toBeGreaterThanOrEqual(10);
    expect(least).toBeLessThan(11);
    expect(greatest).toBeLessThanOrEqual(137.5);
    expect(greatest).toBeGreaterThan(136.5);
    expect(Math.abs(mean - 73.75)).toBeLessThan((4 * 36.8) / Math.sqrt(1000));
  });

  test('draws weaker contrasts, too, from a single number', () => {
    // The mean of a picture is 25: 25 − 15 × (0.5 … 1.5).
    const { least, greatest } = spread(
      training(layer('RandomContrast', { factor: 0.5, seed: 1 }), pictures()),
    );
    expect(least).toBeCloseTo(2.5, 1);
    expect(greatest).toBeCloseTo(17.5, 1);
  });

  test('erases as many pictures as its factor says', () => {
    const settings = { factor: [0.3, 0.3], scale: [1, 1], fillValue: 200, seed: 1 };
    const { mean } = spread(training(layer('RandomErasing', settings), pictures()));
    // 0.3 × 200 + 0.7 × 10 = 67; a deviation of 190 √(0.3 × 0.7).
    expect(Math.abs(mean - 67)).toBeLessThan((4 * 87.1) / Math.sqrt(1000));
  });

  test.each([
    [
      'RandomRotation',
      { factor: 1.2 },
      'factor must be a number from -1 to 1, or two, as a share of a full turn, got 1.2',
    ],
    [
      'RandomRotation',
      { factor: [0.1] },
      'factor must be a number from -1 to 1, or two, as a share of a full turn, got [ 0.1 ]',
    ],
    [
      'RandomRotation',
      { factor: 0.1, fillMode: 'mirror' },
      'fillMode must be "reflect" or "constant" or "wrap" or "nearest", got "mirror"',
    ],
    ['RandomZoom', { heightFactor: -1 }, 'heightFactor must be above -1, got -1'],
    [
      'RandomZoom',
      {},
      "heightFactor must be a number from -1 to 1, or two, as a share of the picture's size, got undefined",
    ],
    [
      'RandomTranslation',
      { heightFactor: 0.1, widthFactor: 30 },
      'widthFactor must be a number from -1 to 1, or two, as a share of the width, got 30',
    ],
    [
      'RandomContrast',
      { factor: -0.1 },
      'factor must be a number from 0 to 1, or two, as a share of the contrast, got -0.1',
    ],
    [
      'RandomBrightness',
      { factor: 0.1, valueRange: [255, 0] },
      'valueRange must be two numbers, the smaller one first, got [ 255, 0 ]',
    ],
    [
      'RandomErasing',
      { factor: 2 },
      'factor must be a number from 0 to 1, or two, a probability, got 2',
    ],
    ['RandomErasing', { fillValue: [1, 2] }, 'fillValue must be a number, or three, got [ 1, 2 ]'],
    [
      'RandomFlip',
      { mode: 'left' },
      'mode must be "horizontal" or "vertical" or "horizontalAndVertical", got "left"',
    ],
    [
      'RandomErasing',
      { factor: [1, 1], scale: [1, 1] },
      'factor or scale must leave something of the pictures, got [ 1, 1 ] for both',
    ],
    [
      'RandomBrightness',
      { factor: [1, 1] },
      'factor must leave something of the pictures, got [ 1, 1 ]',
    ],
  ])('%s refuses %j', (name, settings, problem) => {
    expect(() => layer(name, settings)).toThrow(`Cannot make the layer ${name}: ${problem}`);
  });
});

describe('a model that augments its pictures', () => {
  const build = (seed = 1) =>
    tf.sequential({
      layers: [
        layer('RandomFlip', { inputShape: [6, 6, 1], seed }),
        layer('RandomRotation', { factor: 0.2, seed }),
        layer('RandomZoom', { heightFactor: 0.2, seed }),
        layer('RandomTranslation', { heightFactor: 0.1, widthFactor: 0.1, seed }),
        layer('RandomContrast', { factor: 0.3, valueRange: [0, 1], seed }),
        layer('RandomBrightness', { factor: 0.2, valueRange: [0, 1], seed }),
        layer('RandomErasing', { factor: 0.5, valueRange: [0, 1], seed }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, kernelInitializer: 'zeros' }),
      ],
    });
  const x = () => tf.randomUniform([8, 6, 6, 1], 0, 1, 'float32', 1);
  const train = async (seed?: number) => {
    const model = build(seed);
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    const { history } = await model.fit(x(), tf.ones([8, 1]), {
      epochs: 3,
      shuffle: false,
      verbose: 0,
    });
    return history['loss'];
  };

  test('trains by the graph, from the same seed alike, and otherwise not', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const runs = ModelGraph.runs;
    const first = await train(1);
    expect(ModelGraph.runs).toBe(runs + 3);
    expect(await train(1)).toEqual(first);
    expect(await train(2)).not.toEqual(first);
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
  });

  test('changes its pictures anew at each step', async () => {
    const model = build();
    model.compile({ optimizer: tf.train.sgd(1e-12), loss: 'meanSquaredError' });
    model.layers.at(-1)!.setWeights([tf.ones([36, 1]), tf.zeros([1])]);
    const { history } = await model.fit(x(), tf.ones([8, 1]), {
      epochs: 3,
      shuffle: false,
      verbose: 0,
    });
    expect(new Set(history['loss']).size).toBe(3);
  });

  test('goes to Keras with every setting', async () => {
    const file = path.join(await folderWith({}), 'augmented.keras');
    await saveKeras(build(), file);
    const configs = await runPython<object[]>(
      `import json, sys, keras
print(json.dumps([layer.get_config() for layer in keras.saving.load_model(sys.argv[1]).layers]))`,
      [file],
    );
    const filling = { fill_mode: 'reflect', fill_value: 0, interpolation: 'bilinear', seed: 1 };
    expect(configs.slice(0, 7)).toMatchObject([
      { mode: 'horizontal_and_vertical', seed: 1 },
      { factor: [-0.2, 0.2], ...filling },
      { height_factor: 0.2, width_factor: null, ...filling },
      { height_factor: 0.1, width_factor: 0.1, ...filling },
      { factor: [0.3, 0.3], value_range: [0, 1], seed: 1 },
      { factor: [-0.2, 0.2], value_range: [0, 1], seed: 1 },
      { factor: [0, 0.5], scale: [0.02, 0.33], fill_value: null, value_range: [0, 1], seed: 1 },
    ]);
  });
});

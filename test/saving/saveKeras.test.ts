import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import yauzl from 'yauzl';

import { buildEmotion } from '../../src/models/buildEmotion';
import { buildHappyOrSad } from '../../src/models/buildHappyOrSad';
import type { Classifier } from '../../src/models/classifier';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { kerasAdam } from '../../src/tensorflow/kerasAdam';
import { tf } from '../../src/tensorflow/tf';
import { asNobody } from '../support/asNobody';
import { runCompiled, twoAtATime } from '../support/children';
import { predictionOf, smallClassifier } from '../support/classifier';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

let base: string;
let files = 0;
const old = smallClassifier(1);
const young = smallClassifier(2);

beforeAll(async () => {
  base = await folderWith({});
  await chmod(base, 0o755);
});

afterAll(async () => {
  for (const { model } of [old, young]) model.dispose();
  await rm(base, { recursive: true });
});

const newPath = (name = 'model.keras') => path.join(base, `folder ${++files}`, name);

/** What the parts of an archive hold. */
async function partsOf(file: string): Promise<Record<string, Buffer>> {
  const parts: Record<string, Buffer> = {};
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    parts[entry.fileName] = Buffer.concat(chunks);
  }
  return parts;
}

/** The configurations of the layers in an archive. */
async function layersIn(file: string): Promise<Array<{ class_name: string; config: object }>> {
  const { 'config.json': config } = await partsOf(file);
  return JSON.parse(String(config)).config.layers;
}

const HARD_SIGMOID =
  'is "hardSigmoid", clip(0.2x + 0.5), and Keras 3 knows only clip(x/6 + 0.5): make the layer with';

describe('saveKeras() saves what Keras opens', () => {
  const optimizers: Record<string, () => tf.Optimizer> = {
    sgd: () => tf.train.sgd(0.1),
    momentum: () => tf.train.momentum(0.1, 0.9),
    nesterov: () => tf.train.momentum(0.1, 0.9, true),
    rmsprop: () => tf.train.rmsprop(0.01, 0.8),
    'rmsprop-momentum': () => tf.train.rmsprop(0.01, 0.8, 0.5),
    adam: () => kerasAdam(0.01),
    adamax: () => tf.train.adamax(0.01),
    adagrad: () => tf.train.adagrad(0.05),
  };
  const losses = [
    'binaryCrossentropy',
    'categoricalCrossentropy',
    'sparseCategoricalCrossentropy',
    'meanSquaredError',
    'meanAbsoluteError',
  ];

  /** Networks as somebody builds them in tfjs, one for each layer's own ways. */
  function networks(): Record<string, tf.LayersModel> {
    const { layers } = tf;
    const image = tf.input({ shape: [6, 6, 3] });
    const conv = layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same' });
    const once = conv.apply(image) as tf.SymbolicTensor;
    const twice = conv.apply(once) as tf.SymbolicTensor;
    const joined = layers
      .concatenate()
      .apply([
        layers.add().apply([once, twice]) as tf.SymbolicTensor,
        layers.multiply().apply([once, image]) as tf.SymbolicTensor,
      ]);
    const pooled = layers.globalMaxPooling2d({}).apply(joined) as tf.SymbolicTensor;
    // In an .h5 the weights that it trains stand before those that it only keeps.
    const inner = tf.sequential({
      layers: [
        layers.dense({ units: 4, inputShape: [6] }),
        layers.batchNormalization({ movingMeanInitializer: 'ones' }),
        layers.dense({ units: 4, trainable: false }),
        layers.reLU(),
      ],
    });
    return {
      sequential: tf.sequential({
        layers: [
          layers.rescaling({ scale: 1 / 255, inputShape: [8, 8, 3] }),
          layers.zeroPadding2d({
            padding: [
              [0, 1],
              [1, 0],
            ],
          }),
          layers.separableConv2d({ filters: 4, kernelSize: 3, depthMultiplier: 2 }),
          layers.batchNormalization({ trainable: false }),
          layers.activation({ activation: 'swish' }),
          layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, useBias: false }),
          layers.leakyReLU({ alpha: 0.2 }),
          layers.averagePooling2d({ poolSize: 2 }),
          layers.dropout({ rate: 0.25 }),
          layers.flatten(),
          layers.dense({
            units: 6,
            activation: 'relu6',
            kernelRegularizer: tf.regularizers.l2({ l2: 0.01 }),
            kernelInitializer: 'leCunNormal',
          }),
          layers.reshape({ targetShape: [2, 3] }),
          layers.softmax({ axis: -1 }),
          layers.flatten(),
          layers.dense({ units: 1 }),
        ],
      }),
      functional: tf.model({
        inputs: image,
        outputs: layers
          .dense({ units: 1 })
          .apply(inner.apply(pooled) as tf.SymbolicTensor) as tf.SymbolicTensor,
      }),
    };
  }

  function dense(units: number): tf.Sequential {
    return tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, activation: 'tanh', inputShape: [3] }),
        tf.layers.dense({ units, activation: units === 1 ? 'sigmoid' : 'softmax' }),
      ],
    });
  }

  interface Told {
    file: string;
    input: number[];
    shape: number[];
    targets: number[];
    output: number[];
    losses: number[];
  }

  const told: Record<string, Told> = {};

  /** Trains a little, saves, networks in both formats, and tells what comes next. */
  async function tell(model: tf.LayersModel, name: string, targets: number[]): Promise<void> {
    const shape = [2, ...(model.inputs[0]!.shape.slice(1) as number[])];
    const xs = tf.randomUniform(shape, 0, 1, 'float32', 7);
    const ys = tf.tensor(targets, [2, targets.length / 2]);
    const steps: number[] = [];
    const train = async () => {
      steps.push([(await model.trainOnBatch(xs, ys)) as number | number[]].flat()[0]!);
    };
    for (let step = 0; step < 3; step++) await train();
    const types = ['sequential', 'functional'].includes(name) ? ['.keras', '.h5'] : ['.keras'];
    const files = await Promise.all(
      types.map((type) => saveKeras(model, path.join(base, 'models', name + type))),
    );
    const output = tf.tidy(() => Array.from((model.predict(xs) as tf.Tensor).dataSync()));
    for (let step = 0; step < 3; step++) await train();
    const input = Array.from(xs.dataSync());
    tf.dispose([xs, ys]);
    model.dispose();
    for (const file of files) {
      const losses = file.endsWith('.h5') ? [] : steps.slice(3); // it is not compiled
      told[path.basename(file)] = { file, input, shape, targets, output, losses };
    }
  }

  let opened: Record<
    string,
    { output: number[]; losses: number[]; config: object; warnings: string[] }
  >;

  beforeAll(async () => {
    for (const [name, model] of Object.entries(networks())) {
      // With Dropout no two trainings are equal: SGD with a rate of 0 leaves the weights alone.
      model.compile({ optimizer: tf.train.sgd(1e-30), loss: 'meanSquaredError' });
      await tell(model, name, [0, 1]);
    }
    for (const [name, optimizer] of Object.entries(optimizers)) {
      const model = dense(1);
      model.compile({ optimizer: optimizer(), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
      await tell(model, name, [0, 1]);
    }
    for (const loss of losses) {
      const model = dense(loss.includes('ategorical') ? 3 : 1);
      model.compile({ optimizer: kerasAdam(), loss });
      const targets = loss.startsWith('categorical') ? [1, 0, 0, 0, 0, 1] : [0, 1];
      await tell(model, loss, targets);
    }
    await writeFile(path.join(base, 'told.json'), JSON.stringify(told));
    opened = await runPython(
      `
import json, sys, warnings, numpy as np, keras, tensorflow as tf
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
told, opened = json.load(open(sys.argv[1])), {}
for name, t in told.items():
    x = np.array(t['input'], 'float32').reshape(t['shape'])
    y = np.array(t['targets'], 'float32').reshape(len(x), -1)
    with warnings.catch_warnings(record=True) as caught:
        m = keras.models.load_model(t['file'])
    opened[name] = {'output': m.predict_on_batch(x).ravel().tolist(), 'warnings': [str(w.message) for w in caught],
        'losses': [float(np.ravel(m.train_on_batch(x, y))[0]) for _ in t['losses']],
        'config': [keras.saving.serialize_keras_object(layer)['config'] for layer in m.layers]}
print(json.dumps(opened))`,
      [path.join(base, 'told.json')],
    );
  });

  const archives = ['sequential', 'functional', ...Object.keys(optimizers), ...losses];
  test.each([...archives.map((name) => `${name}.keras`), 'sequential.h5', 'functional.h5'])(
    'without a warning and with the same predictions: %s',
    (name) => {
      const { output, warnings } = opened[name]!;
      // The layer LeakyReLU is written as Keras 2 knows it.
      const known = 'Argument `alpha` is deprecated. Use `negative_slope` instead.';
      expect(warnings).toEqual(name === 'sequential.h5' ? [known] : []);
      expect(output).toEqual(told[name]!.output.map((value) => expect.closeTo(value, 5)));
    },
  );

  test.each(['sequential.h5', 'functional.h5'])('and loadKeras() opens: %s', async (name) => {
    const { file, input, shape, output } = told[name]!;
    const model = await loadKeras(file);
    const again = tf.tidy(() =>
      Array.from((model.predict(tf.tensor(input, shape)) as tf.Tensor).dataSync()),
    );
    expect(again).toEqual(output.map((value) => expect.closeTo(value, 6)));
    model.dispose();
  });

  test.each([...Object.keys(optimizers), ...losses])(
    'and trains on with the same losses: %s',
    (name) => {
      expect(opened[`${name}.keras`]!.losses).toEqual(
        told[`${name}.keras`]!.losses.map((value) => expect.closeTo(value, 5)),
      );
    },
  );

  test.each(['sequential', 'functional'])(
    'and writes again as it was written, but for what Keras adds: %s',
    async (name) => {
      const ours = (await layersIn(told[`${name}.keras`]!.file)).filter(
        ({ class_name }) => name === 'functional' || class_name !== 'InputLayer',
      );
      const theirs = opened[`${name}.keras`]!.config as unknown as object[];
      expect(theirs).toHaveLength(ours.length);
      ours.forEach(({ class_name, config }, i) => {
        // Keras adds what it computes from others, as the parts of L1L2 in another order.
        if (class_name !== 'Sequential') expect(theirs[i]).toMatchObject(withoutNulls(config));
      });
    },
  );

  /** Initializers lose the fields that are null, which Keras leaves out for some classes. */
  function withoutNulls(config: object): object {
    return JSON.parse(
      JSON.stringify(config, (key, value) =>
        value === null || key === 'shared_object_id' ? undefined : value,
      ),
    ) as object;
  }
});

test('an .h5 holds no optimizer: Keras cannot train on with one that it has saved itself, and does so after compile', async () => {
  const file = await saveKeras(old.model, newPath('ours.h5'));
  const script = `
import json, sys, numpy as np, keras
folder, ours = sys.argv[1:]
def refused(model):
    try:
        model.train_on_batch(np.ones((1, *model.input_shape[1:])), np.ones((1, 1)))
    except ValueError as error:
        return str(error)
theirs = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation='sigmoid')])
theirs.compile('adam', 'binary_crossentropy')
refused(theirs)
theirs.save(folder + '/theirs.h5')
model = keras.models.load_model(ours)
model.compile('adam', 'binary_crossentropy')
print(json.dumps([refused(keras.models.load_model(folder + '/theirs.h5')), refused(model)]))
`;
  const [theirs, ours] = await runPython<[string | null, string | null]>(script, [
    path.dirname(file),
    file,
  ]);
  expect(theirs).toContain('Unknown variable');
  expect(ours).toBeNull();
});

test.each(['model.keras', 'model.h5'])(
  'saveKeras() gives a model that predicts exactly the same, in a folder that it makes: %s',
  async (name) => {
    const file = newPath(name);
    expect(await saveKeras(old.model, file)).toBe(file);
    expect(await readdir(path.dirname(file))).toEqual([name]);
    const model = await loadKeras(file);
    expect(predictionOf({ ...old, model })).toEqual(predictionOf(old));
    expect(model.layers.map(({ name }) => name).slice(1)).toEqual(
      old.model.layers.map(({ name }) => name),
    );
    model.dispose();
  },
);

test.each(['model.keras', 'model.h5'])(
  'saveKeras() keeps class names and input of a classifier: %s',
  async (name) => {
    const names = ['na me', '😀', 'new\nline "quoted" \\', ''];
    const classifier: Classifier = {
      ...smallClassifier(3, names, 'softmax'),
      input: { imageSize: [4, 4], rescale: { scale: 2, offset: -1 } },
    };
    const file = await saveKeras(classifier, newPath(name));
    const loaded = await loadClassifier(file);
    expect(loaded).toEqual({ ...classifier, model: expect.any(tf.LayersModel) });
    expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
    for (const { model } of [classifier, loaded]) model.dispose();
  },
);

test('saveKeras() writes the network of lesson 1 in 9.6 MB, and in 28.7 MB with a trained Adam', async () => {
  const model = buildHappyOrSad({ seed: 1 });
  const [xs, ys] = [tf.zeros([2, 150, 150, 3]), tf.zeros([2, 1])];
  await model.trainOnBatch(xs, ys);
  const size = async (includeOptimizer: boolean) =>
    (await stat(await saveKeras(model, newPath(), { includeOptimizer }))).size;
  const weights = 4 * 2_391_329; // bytes
  for (const [includeOptimizer, times] of [
    [false, 1],
    [true, 3],
  ] as const) {
    const more = (await size(includeOptimizer)) - times * weights;
    expect(more).toBeGreaterThan(0);
    expect(more).toBeLessThan(100_000);
  }
  tf.dispose([xs, ys]);
  model.dispose();
});

test('saveKeras() writes the network of the emotion exercise in 14 to 16 MB, without its optimizer', async () => {
  const model = buildEmotion({ seed: 1 });
  const file = await saveKeras(model, newPath('imageclassifier.keras'), {
    includeOptimizer: false,
  });
  const { size } = await stat(file);
  // 3,696,625 numbers of 4 bytes, and what describes them.
  expect(size).toBeGreaterThan(3_696_625 * 4);
  expect(size).toBeLessThan(3_696_625 * 4 + 50_000);
  expect(size / 1e6).toBeGreaterThan(14);
  expect(size / 1e6).toBeLessThan(16);
  model.dispose();
});

test('saveKeras() without the optimizer leaves away how the model was compiled', async () => {
  const model = buildHappyOrSad({ seed: 1 });
  const file = await saveKeras(model, newPath(), { includeOptimizer: false });
  const { 'config.json': config } = await partsOf(file);
  expect(Object.keys(JSON.parse(String(config)))).toEqual([
    'module',
    'class_name',
    'config',
    'registered_name',
  ]);
  const loaded = await loadKeras(file);
  expect(loaded.optimizer).toBeUndefined();
  for (const some of [model, loaded]) some.dispose();
});

test('saveKeras() refuses to replace a file unasked, of whatever kind', async () => {
  const file = await saveKeras(old.model, newPath());
  const link = newPath();
  await mkdir(path.dirname(link));
  await symlink('nowhere', link);
  for (const there of [file, link]) {
    await expect(saveKeras(young.model, there)).rejects.toThrow(
      `Cannot save the model to ${JSON.stringify(there)}: there is a file already, and overwrite is not set`,
    );
  }
  expect(predictionOf({ ...old, model: await loadKeras(file) })).toEqual(predictionOf(old));
});

test('saveKeras() replaces a file when asked, and leaves others alone', async () => {
  const file = await saveKeras(old.model, newPath());
  await writeFile(path.join(path.dirname(file), 'other.keras'), 'mine');
  await writeFile(path.join(path.dirname(file), `.other.keras.1-1`), 'mine');
  await saveKeras(young.model, file, { overwrite: true });
  expect((await readdir(path.dirname(file))).sort()).toEqual([
    '.other.keras.1-1',
    'model.keras',
    'other.keras',
  ]);
  const model = await loadKeras(file);
  expect(predictionOf({ ...young, model })).toEqual(predictionOf(young));
  model.dispose();
});

describe('saveKeras() throws, writes nothing and leaks nothing on', () => {
  async function expectError(
    model: Parameters<typeof saveKeras>[0],
    reason: string | RegExp,
    file = newPath(),
  ): Promise<void> {
    const before = tf.memory().numTensors;
    await expect(saveKeras(model, file)).rejects.toThrow(reason);
    expect(tf.memory().numTensors).toBe(before);
    await expect(stat(file)).rejects.toThrow(/ENOENT|ENOTDIR/);
  }

  test('a name that Keras would not open', async () => {
    await expectError(
      old.model,
      'its name must end in .keras or .h5',
      path.join(base, 'model.keras.zip'),
    );
  });

  test('class names that do not fit', async () => {
    await expectError({ ...old, classNames: ['one'] }, 'classNames (two or more)');
  });

  test('a layer that Keras has not, or that is not known, which it names with its position', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 2, inputShape: [3] }),
        tf.layers.thresholdedReLU({ name: 'cut' }),
      ],
    });
    await expectError(model, ': layer 2 of 2, "cut" (ThresholdedReLU): Keras has no such layer');
    model.dispose();
  });

  test('a layer that does what Keras cannot', async () => {
    const with_ = (layer: tf.layers.Layer) => tf.sequential({ layers: [layer] });
    const inputShape = [3];
    const cases: Array<[tf.Sequential, string]> = [
      [
        with_(tf.layers.dense({ units: 1, inputShape, activation: 'hardSigmoid', name: 'd' })),
        `layer 1 of 1, "d" (Dense): its activation ${HARD_SIGMOID}`,
      ],
      [
        with_(tf.layers.lstm({ units: 1, inputShape: [2, 3], name: 'm' })), // tfjs's default
        `layer 1 of 1, "m" (LSTM): its recurrent_activation ${HARD_SIGMOID}`,
      ],
      [
        with_(
          tf.layers.maxPooling2d({
            inputShape: [3, 4, 4],
            poolSize: 2,
            dataFormat: 'channelsFirst',
            name: 'p',
          }),
        ),
        'layer 1 of 1, "p" (MaxPooling2D): its data_format must be "channels_last", got "channelsFirst"',
      ],
    ];
    for (const [model, reason] of cases) {
      await expectError(model, reason);
      model.dispose();
    }
  });

  test('a model without an input shape', async () => {
    const model = tf.sequential({ layers: [] });
    await expectError(model, 'its first layer must be given an inputShape');
  });

  test('a loss, a metric and an optimizer that Keras has not', async () => {
    const compiled = (args: Partial<tf.ModelCompileArgs>) => {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', ...args });
      return model;
    };
    const cases: Array<[tf.Sequential, string]> = [
      [
        compiled({ loss: (y, p) => tf.losses.huberLoss(y, p) }),
        'its loss is a function of its own, which Keras does not know: save it with includeOptimizer: false',
      ],
      [compiled({ metrics: ['precision'] }), 'its metric is "precision"'],
      [
        compiled({ optimizer: tf.train.adadelta() }),
        "its optimizer Adadelta takes steps that none of Keras' takes",
      ],
      [
        compiled({ optimizer: tf.train.rmsprop(0.1, 0.9, 0, 1e-7, true) }),
        'its optimizer RMSProp with {',
      ],
    ];
    for (const [model, reason] of cases) {
      await expectError(model, reason);
      await saveKeras(model, newPath(), { includeOptimizer: false });
      model.dispose();
    }
  });

  test('a place where there is a file, or nobody may write', async () => {
    const file = path.join(base, 'file');
    await writeFile(file, '');
    await expectError(old.model, 'it is a file, not a folder', `${file}/model.keras`);
    const closed = path.join(base, 'closed');
    await mkdir(closed, { mode: 0o555 });
    await asNobody(() =>
      expectError(old.model, 'there is no permission to write there', `${closed}/model.keras`),
    );
    const folder = path.join(base, 'a folder.keras');
    await mkdir(folder);
    await expect(saveKeras(old.model, folder, { overwrite: true })).rejects.toThrow(
      'it is a folder; the file that was there is still whole',
    );
  });
});

test('saveKeras() leaks nothing', async () => {
  const model = buildHappyOrSad({ seed: 1 });
  const file = await saveKeras(model, newPath());
  const before = tf.memory().numTensors;
  await saveKeras(model, file, { overwrite: true });
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

/** Saves, as often as it is told, models whose weights are all 1, all 2, … They fill 4 MB. */
const SAVE_IN_A_LOOP = `
  const [file, times] = args;
  const model = tf.sequential({ layers: [
    tf.layers.flatten({ inputShape: [32, 32, 3] }),
    tf.layers.dense({ units: 341 }),
  ] });
  for (let time = 1; time <= Number(times); time++) {
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, time)));
    try {
      await lab.saveKeras(model, file, { overwrite: true });
      console.log('saved', time);
    } catch (error) {
      console.log(error.message);
    }
  }`;

/** The number that fills all weights of a saved model. */
async function fillingOf(file: string): Promise<number> {
  const model = await loadKeras(file);
  const values = new Set(model.getWeights().flatMap((weight) => Array.from(weight.dataSync())));
  model.dispose();
  expect(values.size).toBe(1);
  return [...values][0] as number;
}

test('on a full disk the old file stays whole, and nothing else is left', async () => {
  const file = newPath();
  await runCompiled(SAVE_IN_A_LOOP, [file, '1']);
  const { status, stdout } = await runCompiled(
    SAVE_IN_A_LOOP.replace('time = 1', 'time = 2'),
    [file, '2'],
    // Beyond so many kilobytes every write fails, as on a full disk.
    { wrap: (command) => ['bash', '-c', 'ulimit -f 2000; exec "$@"', '-', ...command] },
  );
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `Cannot save the model to ${JSON.stringify(file)}: the file is larger than the system allows; the file that was there is still whole\n`,
  });
  expect(await readdir(path.dirname(file))).toEqual(['model.keras']);
  expect(await fillingOf(file)).toBe(1);
});

test('killed before each of its file operations, it leaves a whole file, and the next save clears up', async () => {
  const killBefore = (operation: number) => `
    const fs = require('node:fs/promises');
    let operations = 0;
    for (const name of ['lstat', 'open', 'rename', 'readdir', 'rm']) {
      const original = fs[name];
      fs[name] = (...parameters) => {
        if (++operations === ${operation}) process.kill(process.pid, 'SIGKILL');
        return original(...parameters);
      };
    }`;
  // lstat, open, rename, readdir: the old one until the third is done.
  const expected = [1, 1, 1, 2, 2];
  const prepared = newPath();
  await runCompiled(SAVE_IN_A_LOOP, [prepared, '1']);
  const content = await readFile(prepared);
  const outcomes = twoAtATime(expected, async (_, i) => {
    const file = newPath();
    await mkdir(path.dirname(file));
    await writeFile(file, content);
    const code = killBefore(i + 1) + SAVE_IN_A_LOOP.replace('time = 1', 'time = 2');
    const { signal } = await runCompiled(code, [file, '2']);
    const filling = await fillingOf(file);
    await saveKeras(young.model, file, { overwrite: true });
    expect(await readdir(path.dirname(file))).toEqual(['model.keras']);
    return [signal, filling];
  });
  expect(await Promise.all(outcomes)).toEqual(
    expected.map((filling, i) => [i < 4 ? 'SIGKILL' : null, filling]),
  );
});

test('killed whenever the blow falls, it leaves a whole file', async () => {
  const file = newPath();
  for (let round = 1; round <= 3; round++) {
    let writes = 0;
    const { signal, stdout } = await runCompiled(SAVE_IN_A_LOOP, [file, '1000'], {
      // The time that a message takes to come here is the accident.
      onOutput: (_, kill) => ++writes === 2 * round && kill('SIGKILL'),
    });
    expect(signal).toBe('SIGKILL');
    const saved = stdout.trim().split('\n').length;
    expect([saved, saved + 1]).toContain(await fillingOf(file));
  }
});

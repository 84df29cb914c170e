import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { OPERATION } from '../../src/saving/keras/kinds/layerKind';
import { LAYER_KINDS } from '../../src/saving/keras/layerTable';
import { openModel } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveTfjs } from '../../src/saving/saveTfjs';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

type Numbers = [values: number[], shape: number[]];
type Config = Record<string, unknown>;

/** One setting of a layer, and what Keras computes with it; the models lie beside each other, `0.keras`, `0.h5`, … */
interface Case {
  name: string;
  arguments: string;
  inputs: Numbers[];
  output: Numbers;
  config: Config;
}

/** What Keras computes with a model that came back to it. */
type Back = Pick<Case, 'output' | 'config'> & { error?: string };

const script = readFileSync(path.join(__dirname, 'layerSettings.py'), 'utf8');
let folder: string;
let cases: Case[];

beforeAll(async () => {
  folder = await folderWith({});
  cases = await runPython<Case[]>(script, ['save', folder]);
});

afterAll(() => rm(folder, { recursive: true }));

test('the table holds every layer that travels, with each of its settings away from its default', async () => {
  const layers = LAYER_KINDS.filter(({ module }) => module !== OPERATION);
  const kinds = new Set(layers.map(({ keras }) => keras));
  expect(new Set(cases.map(({ name }) => name))).toEqual(kinds);
  expect(await runPython(script, ['untold'])).toEqual([]);
});

test('every layer with every setting computes here what it does in Keras, and again in Keras, from each format', async () => {
  const wrong: string[] = [];
  const before = tf.memory().numTensors;
  for (const [i, some] of cases.entries()) {
    const at = (ending: string) => path.join(folder, `${i}${ending}`);
    const said = (what: string) => `${some.name}(${some.arguments}) ${what}`;
    try {
      const loaded = await loadKeras(at('.keras'));
      compare(loaded, some, (what) => wrong.push(said(`as .keras: ${what}`)));
      if (existsSync(at('.h5'))) {
        const legacy = await loadKeras(at('.h5'));
        compare(legacy, some, (what) => wrong.push(said(`as .h5: ${what}`)));
        legacy.dispose();
        await saveKeras(loaded, at('-back.h5'));
      }
      await saveKeras(loaded, at('-back.keras'));
      await saveTfjs(loaded, at('-tfjs'));
      loaded.dispose();
      const { model } = await openModel(at('-tfjs'));
      compare(model, some, (what) => wrong.push(said(`as model.json: ${what}`)));
      await saveKeras(model, at('-tfjs.keras'));
      model.dispose();
    } catch (error) {
      wrong.push(said((error as Error).message.replaceAll(folder, '')));
    }
  }
  expect(wrong).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);

  const back = await runPython<Back[]>(script, ['check', folder]);
  for (const [i, some] of cases.entries()) {
    const formats = ['-back.keras', '-back.h5', '-tfjs.keras'].filter((ending) =>
      existsSync(path.join(folder, `${i}${ending}`)),
    );
    for (const format of formats) {
      const { output, config, error } = back.shift()!;
      const said = (what: string) =>
        wrong.push(`${some.name}(${some.arguments}) ${format}: ${what}`);
      if (error !== undefined) {
        said(`Keras refuses it: ${error}`);
        continue;
      }
      if (difference(output, some.output) > 1e-5) said('Keras computes something else');
      const onlyInKeras = (setting: string) =>
        format === '-tfjs.keras' &&
        KEPT_BESIDE.some((known) => [setting, `${some.name}.${setting}`].includes(known));
      for (const [setting, value] of Object.entries(some.config)) {
        // tfjs numbers the input of a model that it makes anew.
        const [was, is] = [value, config[setting]].map((v) =>
          JSON.stringify(v)?.replace(/first_input_\d+/, 'first_input'),
        );
        if (was !== is && !onlyInKeras(setting)) said(`${setting} was ${was} and is ${is}`);
      }
    }
  }
  expect(back).toEqual([]);
  expect(wrong).toEqual([]);
});

test('a setting that is not computed here is refused by name, with its value and what can be computed', async () => {
  const models = await runPython<Array<[string, number[], string]>>(script, ['refused', folder]);
  const reasons: string[] = [];
  for (const i of models.keys()) {
    const file = path.join(folder, `refused-${i}.keras`);
    const loading = loadKeras(file);
    await expect(loading).rejects.toThrow();
    const error = await loading.catch((reason: Error) => reason.message);
    reasons.push(String(error).split(': layer 2 of 2, "it" ')[1]!);
  }
  expect(reasons).toEqual([
    '(Conv2D): its data_format must be "channels_last", got "channels_first"',
    '(Conv2D): its kernel_regularizer is "OrthogonalRegularizer", which is not known on both sides',
    '(Conv2DTranspose): its output_padding must be null, got [1,1]',
    '(Conv2DTranspose): its dilation_rate must be [1,1], got [2,2]',
    '(Dense): its activation is "glu", which is not known on both sides',
    '(SimpleRNN): its return_state must be false, got true',
    '(Bidirectional): its layer LSTM: its return_state must be false, got true',
    '(TimeDistributed): its layer Conv2D: its data_format must be "channels_last", got "channels_first"',
    '(GlobalMaxPooling1D): its keepdims must be false, got true',
    '(GroupNormalization): its axis must be -1, got 1',
    '(LayerNormalization): its rms_scaling must be false, got true',
    '(BatchNormalization): its synchronized must be false, got true',
    '(Resizing): its interpolation must be "bilinear" or "nearest", got "lanczos3"',
    '(Resizing): its antialias must be false, got true',
    '(UpSampling2D): its interpolation must be "bilinear" or "nearest", got "bicubic"',
    '(AlphaDropout): its noise_shape must be null, got [null,1,1,3]',
    '(Softmax): its axis must be one axis, got [1,2]',
    '(Softmax): its axis must be the last one, got 1',
  ]);
});

/** What tfjs's format has no place for. */
const KEPT_BESIDE = [
  'seed',
  'activity_regularizer',
  'unroll',
  'GroupNormalization.beta_initializer',
  'GroupNormalization.gamma_initializer',
];

function compare(model: tf.LayersModel, { inputs, output }: Case, say: (what: string) => void) {
  tf.tidy(() => {
    const xs = inputs.map(([values, shape]) => tf.tensor(values, shape));
    const ys = [model.predict(xs.length === 1 ? xs[0]! : xs)].flat();
    const y = ys.length === 1 ? ys[0]! : tf.concat(ys, -1);
    const off = difference([Array.from(y.dataSync()), y.shape], output);
    if (off > 1e-5) say(`off by ${off}, shape ${y.shape} where Keras has ${output[1]}`);
  });
}

function difference([a, shapeA]: Numbers, [b, shapeB]: Numbers): number {
  if (JSON.stringify(shapeA) !== JSON.stringify(shapeB)) return Infinity;
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

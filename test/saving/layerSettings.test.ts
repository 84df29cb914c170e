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

/** One setting of a layer, and what Keras computes with it. */
interface Case {
  arguments: string;
  inputs: Numbers[];
  outputs: number;
  output: Numbers;
  config: Config;
}

/** A layer whose settings are side by side in one model: `Conv1D.keras`, `Conv1D.h5`. */
interface Kind {
  name: string;
  cases: Case[];
}

/** What Keras computes with a model that came back to it. */
type Back =
  { cases: Array<Pick<Case, 'output' | 'config'>>; error?: undefined } | { error: string };

const script = readFileSync(path.join(__dirname, 'layerSettings.py'), 'utf8');
let folder: string;
let kinds: Kind[];

beforeAll(async () => {
  folder = await folderWith({});
  kinds = await runPython<Kind[]>(script, ['save', folder]);
});

afterAll(() => rm(folder, { recursive: true }));

test('the table holds every layer that travels, with each of its settings away from its default', async () => {
  const layers = LAYER_KINDS.filter(({ module }) => module !== OPERATION);
  const known = new Set(layers.map(({ keras }) => keras));
  expect(new Set(kinds.map(({ name }) => name))).toEqual(known);
  expect(await runPython(script, ['untold'])).toEqual([]);
});

test('every layer with every setting computes here what it does in Keras, and again in Keras, from each format', async () => {
  const wrong: string[] = [];
  const before = tf.memory().numTensors;
  for (const kind of kinds) {
    const at = (ending: string) => path.join(folder, `${kind.name}${ending}`);
    const say = (what: string) => wrong.push(`${kind.name}${what}`);
    try {
      const loaded = await loadKeras(at('.keras'));
      compare(loaded, kind, (what) => say(`${what}, as .keras`));
      if (existsSync(at('.h5'))) {
        const legacy = await loadKeras(at('.h5'));
        compare(legacy, kind, (what) => say(`${what}, as .h5`));
        legacy.dispose();
        await saveKeras(loaded, at('-back.h5'));
      }
      await saveKeras(loaded, at('-back.keras'));
      await saveTfjs(loaded, at('-tfjs'));
      loaded.dispose();
      const { model } = await openModel(at('-tfjs'));
      compare(model, kind, (what) => say(`${what}, as model.json`));
      await saveKeras(model, at('-tfjs.keras'));
      model.dispose();
    } catch (error) {
      say(`: ${(error as Error).message.replaceAll(folder, '')}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);

  const back = await runPython<Back[]>(script, ['check', folder]);
  for (const { name, cases } of kinds) {
    const formats = ['-back.keras', '-back.h5', '-tfjs.keras'].filter((ending) =>
      existsSync(path.join(folder, `${name}${ending}`)),
    );
    for (const format of formats) {
      const given = back.shift()!;
      if (given.error !== undefined) {
        wrong.push(`${name} ${format}: Keras refuses it: ${given.error}`);
        continue;
      }
      expect(given.cases).toHaveLength(cases.length);
      for (const [i, some] of cases.entries()) {
        const said = (what: string) => wrong.push(`${name}(${some.arguments}) ${format}: ${what}`);
        const { output, config } = given.cases[i]!;
        if (!(difference(output, some.output) <= 1e-5)) said('Keras computes something else');
        const onlyInKeras = (setting: string) =>
          format === '-tfjs.keras' &&
          KEPT_BESIDE.some((known) => [setting, `${name}.${setting}`].includes(known));
        for (const [setting, value] of Object.entries(some.config)) {
          // tfjs numbers the input of a model that it makes anew.
          const [was, is] = [value, config[setting]].map((v) =>
            JSON.stringify(v)?.replace(/first_input_\d+/, 'first_input'),
          );
          if (was !== is && !onlyInKeras(setting)) said(`${setting} was ${was} and is ${is}`);
        }
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
    '(Softmax): Cannot compute a softmax over axis 1: it must be the last one',
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

function compare(model: tf.LayersModel, { cases }: Kind, say: (what: string) => void) {
  tf.tidy(() => {
    const xs = cases.flatMap(({ inputs }) =>
      inputs.map(([values, shape]) => tf.tensor(values, shape)),
    );
    const ys = [model.predict(xs.length === 1 ? xs[0]! : xs)].flat();
    for (const { arguments: settings, outputs, output } of cases) {
      const some = ys.splice(0, outputs);
      const y = outputs === 1 ? some[0]! : tf.concat(some, -1);
      const off = difference([Array.from(y.dataSync()), y.shape], output);
      if (!(off <= 1e-5)) {
        say(`(${settings}) is off by ${off}, shape ${y.shape} where Keras has ${output[1]}`);
      }
    }
    expect(ys).toEqual([]);
  });
}

function difference([a, shapeA]: Numbers, [b, shapeB]: Numbers): number {
  if (JSON.stringify(shapeA) !== JSON.stringify(shapeB)) return Infinity;
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../src/saving/loadKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

/** A model of a layer with each of its settings, each behind a Dense, and what a step of gradient descent makes of it in Keras. */
interface Trained {
  name: string;
  cases: Array<{
    arguments: string;
    inputs: Array<[values: number[], shape: number[]]>;
    outputs: Array<{ name: string; shape: number[]; loss: number }>;
  }>;
  /** Of all of them, with the penalties. */
  loss: number;
  weights: number[][];
}

const script = readFileSync(path.join(__dirname, 'layerSettings.py'), 'utf8');

// A graph is made of these ops: it takes twice as long to write each down as to run it once.
beforeAll(() => {
  process.env['SMILE_GRAPH'] = '0';
  jest.spyOn(console, 'warn').mockImplementation();
});

afterAll(() => {
  delete process.env['SMILE_GRAPH'];
  jest.restoreAllMocks();
});

test('every layer with every setting is trained as in Keras', async () => {
  const folder = await folderWith({});
  const kinds = await runPython<Trained[]>(script, ['train', folder]);
  expect(kinds.flatMap(({ cases }) => cases).length).toBeGreaterThan(150);
  const before = tf.memory().numTensors;
  const wrong: string[] = [];
  for (const kind of kinds) {
    const said = (what: string) => wrong.push(`${kind.name}${what}`);
    try {
      const model = await loadKeras(path.join(folder, `trained-${kind.name}.keras`));
      await compare(model, kind, said);
    } catch (error) {
      said(`: ${(error as Error).message.replaceAll(folder, '')}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);
  await rm(folder, { recursive: true });
});

async function compare(
  model: tf.LayersModel,
  { cases, loss, weights }: Trained,
  said: (what: string) => void,
): Promise<void> {
  const xs = cases.flatMap(({ inputs }) =>
    inputs.map(([values, shape]) => tf.tensor(values, shape)),
  );
  const ys = cases.flatMap(({ outputs }) => outputs.map(({ shape }) => tf.fill(shape, 0.3)));
  const optimizer = tf.train.sgd(0.1);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const only = <T>(values: T[]) => (values.length > 1 ? values : values[0]!);
  const { history } = await model.fit(only(xs), only(ys), { epochs: 1, verbose: 0 });
  const expectClose = (what: string, got: number, wanted: number, scale = wanted) => {
    if (!(Math.abs(got - wanted) < 1e-5 * (1 + Math.abs(scale)))) {
      said(`${what}: loss ${got}, in Keras ${wanted}`);
    }
  };
  const losses = cases.flatMap(({ outputs }) => outputs.map((output) => output.loss));
  // The sum of all is asked to be as exact as the greatest of them.
  const penalties = loss - losses.reduce((a, b) => a + b);
  expectClose('', history['loss']![0] as number, loss, penalties + Math.max(...losses));
  for (const { arguments: settings, outputs } of losses.length > 1 ? cases : []) {
    for (const { name, loss } of outputs) {
      expectClose(`(${settings})`, history[`${name}_loss`]![0] as number, loss);
    }
  }
  // Both list the weights of a layer alike, but for those of a model in it: they are told apart by their values.
  const left = [...weights];
  for (const weight of model.layers.flatMap((layer) => layer.weights)) {
    const values = await weight.read().data();
    const same = left.findIndex(
      (one) => one.length === values.length && one.every((v, i) => Math.abs(v - values[i]!) < 1e-5),
    );
    if (same < 0) said(`${weight.originalName} is another one than any in Keras`);
    else left.splice(same, 1);
  }
  tf.dispose([xs, ys]);
  model.dispose();
  optimizer.dispose();
}

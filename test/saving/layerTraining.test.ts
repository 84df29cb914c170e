import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { loadKeras } from '../../src/saving/loadKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

/** A model of one layer behind a Dense, and what a step of gradient descent makes of it in Keras. */
interface Trained {
  index: number;
  name: string;
  arguments: string;
  inputs: Array<[values: number[], shape: number[]]>;
  outputs: number[][];
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
  const cases = await runPython<Trained[]>(script, ['train', folder]);
  expect(cases.length).toBeGreaterThan(150);
  const before = tf.memory().numTensors;
  const wrong: string[] = [];
  for (const some of cases) {
    const said = (what: string) => wrong.push(`${some.name}(${some.arguments}): ${what}`);
    try {
      const model = await loadKeras(path.join(folder, `trained-${some.index}.keras`));
      await compare(model, some, said);
    } catch (error) {
      said((error as Error).message.replaceAll(folder, ''));
    }
  }
  expect(wrong).toEqual([]);
  expect(tf.memory().numTensors).toBe(before);
  await rm(folder, { recursive: true });
});

async function compare(
  model: tf.LayersModel,
  { inputs, outputs, loss, weights }: Trained,
  said: (what: string) => void,
): Promise<void> {
  const xs = inputs.map(([values, shape]) => tf.tensor(values, shape));
  const ys = outputs.map((shape) => tf.fill(shape, 0.3));
  const optimizer = tf.train.sgd(0.1);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const only = <T>(values: T[]) => (values.length > 1 ? values : values[0]!);
  const { history } = await model.fit(only(xs), only(ys), { epochs: 1, verbose: 0 });
  const got = history['loss']![0] as number;
  if (!(Math.abs(got - loss) < 1e-5 * (1 + Math.abs(loss)))) said(`loss ${got}, in Keras ${loss}`);
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

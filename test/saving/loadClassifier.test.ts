import { chmod, cp, mkdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { ClassifierInput } from '../../src/models/classifier';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { asNobody } from '../support/asNobody';
import { predictionOf, smallClassifier } from '../support/classifier';
import { folderWith, png } from '../support/pictures';

let base: string;
let saved: string;
let weightsFile: string;
let copies = 0;
const classifier = smallClassifier(1);

beforeAll(async () => {
  base = await folderWith({});
  saved = path.join(base, 'saved');
  await saveClassifier(classifier, saved);
  const { weightsManifest } = JSON.parse(await readFile(path.join(saved, 'model.json'), 'utf8'));
  [weightsFile] = weightsManifest[0].paths;
});

afterAll(async () => {
  classifier.model.dispose();
  await rm(base, { recursive: true });
});

/** A copy of the saved model, its model.json changed. */
async function copyWith(change: (json: string) => string = (json) => json): Promise<string> {
  const folder = path.join(base, `copy ${++copies}`);
  await cp(saved, folder, { recursive: true });
  const file = path.join(folder, 'model.json');
  await writeFile(file, change(await readFile(file, 'utf8')));
  return folder;
}

test.each(['', 'model.json'])('loadClassifier() opens a saved folder and its %j', async (name) => {
  const loaded = await loadClassifier(path.join(saved, name));
  expect(loaded).toEqual({ ...classifier, model: expect.any(tf.LayersModel) });
  expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
  loaded.model.dispose();
});

test('loadClassifier() opens a folder under a path from where it runs', async () => {
  const loaded = await loadClassifier(path.relative(process.cwd(), saved));
  loaded.model.dispose();
});

test('loadClassifier() opens weights that were given another name', async () => {
  const folder = await copyWith((json) => json.replace(weightsFile, 'other.bin'));
  await cp(path.join(saved, weightsFile), path.join(folder, 'other.bin'));
  const loaded = await loadClassifier(folder);
  expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
  loaded.model.dispose();
});

test('loadClassifier() says that pictures would be rescaled twice, before a model and by its layer', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const folder = await folderWith({});
  const model = tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [6, 5, 3] }),
      tf.layers.rescaling({ scale: 1 / 127.5, offset: -1, name: 'to_one' }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  await model.save(`file://${folder}`);
  const load = async (input: Partial<ClassifierInput>) =>
    (await loadClassifier(folder, { classNames: ['happy', 'sad'], input })).model.dispose();
  for (const rescale of ['none', { scale: 10 }, { divisor: 1 }] as const) await load({ rescale });
  await load({});
  expect(warn).not.toHaveBeenCalled();
  await load({ rescale: { scale: 1 / 255 } });
  await load({ rescale: { divisor: 255, mean: [0.485, 0.456, 0.406] } });
  expect(warn.mock.calls).toEqual([
    [
      'The model rescales pictures itself, by its layer "to_one", and gets them rescaled before: black and white are 0.0078 apart for it, so that it answers nearly alike for every picture. Leave input.rescale (--scale, --preprocess-input) out, unless it was trained so.',
    ],
  ]);
  warn.mockRestore();
  model.dispose();
  await rm(folder, { recursive: true });
});

test("loadClassifier() opens another program's model with what its file does not tell", async () => {
  const folder = await folderWith({});
  await classifier.model.save(`file://${folder}`);
  const loaded = await loadClassifier(folder, {
    classNames: ['happy', 'sad'],
    input: { rescale: { scale: 1 / 255 } },
  });
  const input = { ...classifier.input, colorMode: 'rgb' };
  expect(loaded).toEqual({ ...classifier, input, model: expect.any(tf.LayersModel) });
  expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
  loaded.model.dispose();
  await rm(folder, { recursive: true });
});

test('loadClassifier() sees that a model of others rescales its pictures itself', async () => {
  const folder = await folderWith({});
  const model = tf.sequential({
    layers: [
      tf.layers.rescaling({ scale: 1 / 255, inputShape: [6, 5, 3] }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  const file = await saveKeras(model, path.join(folder, 'model.keras'));
  model.dispose();
  const { input, ...loaded } = await loadClassifier(file, { classNames: ['a', 'b'] });
  expect(input).toEqual({ imageSize: [6, 5], colorMode: 'rgb', rescale: 'none' });
  loaded.model.dispose();
  await rm(folder, { recursive: true });
});

describe('loadClassifier() throws, and leaks nothing, on', () => {
  /** @param kept tensors that tfjs itself keeps: it has built layers by the time that it fails */
  async function expectError(
    location: string,
    reason: string | RegExp,
    { kept = 0, told = {} as Parameters<typeof loadClassifier>[1] } = {},
  ): Promise<void> {
    const before = tf.memory().numTensors;
    const error = await loadClassifier(location, told).then(
      () => new Error('It was loaded'),
      (thrown: Error) => thrown,
    );
    const [start, rest] = [
      error.message.slice(0, 27 + location.length),
      error.message.slice(29 + location.length),
    ];
    expect(start).toBe(`Cannot load a model from ${JSON.stringify(location)}`);
    if (typeof reason === 'string') expect(rest).toBe(reason);
    else expect(rest).toMatch(reason);
    expect(error.message).not.toContain('\n');
    expect(tf.memory().numTensors).toBe(before + kept);
  }
  const required = 'a folder with a model.json, or a model.json, is required';

  test('nothing, and a folder without a model', async () => {
    await expectError(path.join(base, 'nowhere'), `${required}, and nothing is there`);
    const without = await folderWith({ 'notes.txt': '' });
    await expectError(without, `${required}, and this folder holds none`);
    await rm(without, { recursive: true });
    const above = await folderWith({ 'faces/model.json': '{}', 'mine.keras': '' });
    const models = ['faces', 'mine.keras'].map((name) => JSON.stringify(path.join(above, name)));
    await expectError(
      above,
      `${required}, and this folder holds none; in it there are ${models.join(', ')}`,
    );
    await rm(above, { recursive: true });
    const begun = await folderWith({ 'run.json': '{}' });
    await expectError(
      begun,
      `its training has not ended; npx smile-lab train --resume "${begun}" goes on with it`,
    );
    await rm(begun, { recursive: true });
    await mkdir(path.join(base, 'odd/model.json'), { recursive: true });
    await expectError(path.join(base, 'odd'), `${required}, and this folder holds none`);
  });

  test('links that lead in a circle', async () => {
    await symlink('circle', path.join(base, 'circle'));
    await expectError(path.join(base, 'circle'), 'its links lead in a circle');
  });

  test('a file that is no model', async () => {
    const folder = await folderWith({ 'me.png': await png(), 'list.json': '[1, 2]' });
    await expectError(
      path.join(folder, 'me.png'),
      'it is no model; a .keras, an .h5, or a folder with a model.json is required',
    );
    const foreign =
      'its list.json names no classes, so it is none that smile-lab or saveClassifier has saved; for a model of others give classNames (--classes)';
    await expectError(path.join(folder, 'list.json'), foreign);
    await expectError(await copyWith(() => 'null'), foreign.replace('list.json', 'model.json'));
    await rm(folder, { recursive: true });
  });

  test("another program's model", async () => {
    const folder = await folderWith({});
    await classifier.model.save(`file://${folder}`);
    await expectError(
      folder,
      'its model.json names no classes, so it is none that smile-lab or saveClassifier has saved; for a model of others give classNames (--classes)',
    );
    const classNames = ['happy', 'sad'];
    const rescale = { scale: 1 / 255 };
    await expectError(
      folder,
      'none of its layers rescales pictures, so that input.rescale must be given, what is done to pixel values 0–255 (--scale 1/255 for 0–1, or --preprocess-input)',
      { told: { classNames } },
    );
    const layers = [
      tf.layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [4, 4, 3] }),
      tf.layers.rescaling({ scale: 0.1 }), // of what the convolution has made
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ];
    const scaled = tf.sequential({ layers });
    const file = await saveKeras(scaled, path.join(folder, 'scaled.keras'));
    scaled.dispose();
    await expectError(file, /^none of its layers rescales pictures, /, { told: { classNames } });
    await expectError(
      folder,
      'classNames must fit the model\'s output of 1, got ["happy","sad","angry"]',
      { told: { classNames: [...classNames, 'angry'], input: { rescale } } },
    );
    await expectError(
      folder,
      'its imageSize must be [4, 4], as its model takes pictures, got [ 5, 4 ]',
      {
        told: { classNames, input: { rescale, imageSize: [5, 4] } },
      },
    );
    await rm(folder, { recursive: true });
  });

  test('a model that tells itself what is told', async () => {
    await expectError(
      saved,
      'it has its own classNames and input; leave out classNames and input (--classes, or --scale and other options of the input)',
      { told: { classNames: ['happy', 'sad'], input: { rescale: 'none' } } },
    );
  });

  test('a model of others that takes any size, or no pictures', async () => {
    const folder = await folderWith({});
    const { layers } = tf;
    const pooled = layers.globalAveragePooling2d({ inputShape: [null, null, 3] });
    const models: Array<[string, tf.layers.Layer]> = [
      [
        'it takes pictures of any size, so that input.imageSize must be given (--image-size)',
        pooled,
      ],
      [
        'it must take pictures [any,height,width,channels] of 1, 3 or 4 channels, and takes [any,3]',
        layers.dense({ units: 3, inputShape: [3] }),
      ],
      [
        'it must take pictures [any,height,width,channels] of 1, 3 or 4 channels, and takes [any,4,4,2]',
        layers.flatten({ inputShape: [4, 4, 2] }),
      ],
    ];
    for (const [i, [reason, layer]] of models.entries()) {
      const model = tf.sequential({ layers: [layer, layers.dense({ units: 1 })] });
      await model.save(`file://${folder}/${i}`);
      model.dispose();
      const told = { classNames: ['happy', 'sad'], input: { rescale: 'none' as const } };
      await expectError(path.join(folder, String(i)), reason, { told });
    }
    await rm(folder, { recursive: true });
  });

  test('a model.json that is cut off', async () => {
    for (const part of [0, 0.5, 0.99]) {
      const folder = await copyWith((json) => json.slice(0, Math.floor(part * json.length)));
      await expectError(folder, 'model.json is damaged or no model, it is no JSON');
    }
  });

  test('a model.json whose parts are of another kind', async () => {
    const withManifest = (weightsManifest: unknown) =>
      copyWith((json) => JSON.stringify({ ...(JSON.parse(json) as object), weightsManifest }));
    await expectError(
      await withManifest(5),
      'model.json is damaged or no model (weightsManifest: Expected array, received number)',
    );
    await expectError(
      await withManifest([{ paths: ['weights.bin'], weights: [{ dtype: 'float32' }] }]),
      'model.json is damaged or no model (weightsManifest.0.weights.0.shape: Required)',
    );
  });

  test('weights that are missing, cut off, or changed', async () => {
    const folder = await copyWith();
    const file = path.join(folder, weightsFile);
    const changed = await readFile(file);
    changed[10]! ^= 1;
    await writeFile(file, changed);
    const damaged = `its ${weightsFile}: it is cut off or was changed`;
    await expectError(folder, damaged);
    await truncate(file, 40);
    await expectError(folder, damaged);
    await rm(file);
    await expectError(folder, `its ${weightsFile}: it does not exist`);
  });

  test('weights of another name that are cut off', async () => {
    const folder = await copyWith((json) => json.replace(weightsFile, 'other.bin'));
    await writeFile(path.join(folder, 'other.bin'), Buffer.alloc(40));
    await expectError(
      folder,
      /^its weights must have \d+ bytes, and other\.bin has 40: cut off, changed, or of another model$/,
    );
  });

  test('a graph model, and one that is written as Keras 3 writes it', async () => {
    const graph = await copyWith((json) => json.replace('layers-model', 'graph-model'));
    await expectError(
      graph,
      'it is a graph model, which has no layers any more; save the Keras model itself as .keras or .h5, and give that file',
    );
    const keras3 = await copyWith((json) => json.replace('batch_input_shape', 'batch_shape'));
    await expectError(
      keras3,
      'its layers are written as Keras 3 writes them, which tfjs does not read; save the model in Keras as .keras, and give that file',
    );
  });

  test('a SavedModel, and layers without weights', async () => {
    const saved = await folderWith({ 'saved_model.pb': 'x' });
    await expectError(
      saved,
      'it is a SavedModel, which has no layers any more; save the model in Keras as .keras, and give that file',
    );
    await rm(saved, { recursive: true });
    // As keras.Sequential([...]).to_json() begins.
    const bare = await copyWith(
      () =>
        '{"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": []}}',
    );
    await expectError(
      bare,
      'it holds layers without weights, as Keras writes them by to_json(); save the whole model as .keras or .h5, and give that file',
      { told: { classNames: ['a', 'b'] } },
    );
  });

  test('weights of others that are not there', async () => {
    const folder = await copyWith((json) => json.replace(weightsFile, 'group1-shard1of1.bin'));
    await expectError(
      folder,
      'its weights "group1-shard1of1.bin" must lie beside its model.json: it does not exist',
    );
  });

  test('layers that are missing or unknown', async () => {
    const without = await copyWith((json) => json.replace('"modelTopology"', '"topology"'));
    await expectError(without, 'its model.json holds no layers');
    const UNKNOWN =
      'it holds the layer Flat, which is not known here; with another one in its place, or saved without it, it can be loaded';
    const unknown = await copyWith((json) => json.replace('"Flatten"', '"Flat"'));
    await expectError(unknown, UNKNOWN, { kept: 2 });
  });

  test('class names that do not fit', async () => {
    const folder = await copyWith((json) => json.replace('["happy","sad"]', '["a","b","c"]'));
    await expectError(folder, 'classNames must fit the model\'s output of 1, got ["a","b","c"]');
  });

  test('a folder and a file that may not be read', async () => {
    const folder = await copyWith();
    await chmod(base, 0o755);
    await chmod(path.join(folder, 'model.json'), 0o000);
    await asNobody(() => expectError(folder, 'there is no permission to read it'));
    await chmod(path.join(folder, 'model.json'), 0o644);
    await chmod(path.join(folder, weightsFile), 0o000);
    await asNobody(() =>
      expectError(folder, `its ${weightsFile}: there is no permission to read it`),
    );
    await chmod(folder, 0o000);
    await asNobody(() => expectError(folder, 'there is no permission to read it'));
    await chmod(folder, 0o755);
  });
});

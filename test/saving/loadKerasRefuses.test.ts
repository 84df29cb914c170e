import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yazl from 'yazl';

import { packArchive, unpackArchive } from '../../src/saving/keras/kerasArchive';
import { hdf5Content } from '../../src/saving/keras/hdf5File';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { asNobody } from '../support/asNobody';
import { folderWith, png } from '../support/pictures';

const PYTHON = path.resolve(__dirname, '../../.venv/bin/python');

let base: string;
let whole: Buffer;
let parts: Map<string, Buffer>;
let files = 0;

beforeAll(async () => {
  base = await folderWith({});
  await chmod(base, 0o755);
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 2, inputShape: [3], name: 'first' }),
      tf.layers.dense({ units: 1, name: 'second' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError', metrics: ['mse'] });
  const [xs, ys] = [tf.ones([1, 3]), tf.ones([1, 1])];
  await model.trainOnBatch(xs, ys);
  whole = await readFile(await saveKeras(model, path.join(base, 'whole.keras')));
  parts = await unpackArchive(whole, 1e6);
  tf.dispose([xs, ys]);
  model.dispose();
  model.optimizer.dispose();
});

afterAll(() => rm(base, { recursive: true }));

async function written(content: Uint8Array | string, ending = 'keras'): Promise<string> {
  const file = path.join(base, `${++files}.${ending}`);
  await writeFile(file, content);
  return file;
}

const packed = (...given: Parameters<typeof packArchive>) => buffer(packArchive(...given));

/** The archive with some of its parts replaced. */
async function archiveWith(changed: Record<string, Uint8Array | string>): Promise<string> {
  return written(await packed(new Map([...parts, ...Object.entries(changed)])));
}

type Layers = Array<{
  class_name: string;
  config: Record<string, unknown>;
  [more: string]: unknown;
}>;

/** The archive with its configuration changed. */
async function archiveWithLayers(change: (layers: Layers, all: Record<string, unknown>) => void) {
  const config = JSON.parse(String(parts.get('config.json')));
  change(config.config.layers, config);
  return archiveWith({ 'config.json': JSON.stringify(config) });
}

async function expectError(
  file: string,
  reason: string | RegExp,
  options?: Parameters<typeof loadKeras>[1],
): Promise<void> {
  const before = tf.memory().numTensors;
  const error = await loadKeras(file, options).then(
    () => new Error('It was loaded'),
    (thrown: Error) => thrown,
  );
  const start = `Cannot load a Keras model from ${JSON.stringify(file)}: `;
  expect(error.message.slice(0, start.length)).toBe(start);
  const rest = error.message.slice(start.length);
  if (typeof reason === 'string') expect(rest).toBe(reason);
  else expect(rest).toMatch(reason);
  expect(error.message).not.toContain('\n');
  expect(tf.memory().numTensors).toBe(before);
}

test('loadKeras() opens the archive that the others here are made from', async () => {
  const before = tf.memory().numTensors;
  (await loadKeras(await archiveWith({}))).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

describe('loadKeras() throws, and leaks nothing, on', () => {
  const neither =
    'it is neither an archive of Keras 3 (.keras) nor an HDF5 file of an older one (.h5)';

  test('a file that is not there, may not be read, or is a folder', async () => {
    await expectError(path.join(base, 'nowhere.keras'), 'it does not exist');
    await mkdir(path.join(base, 'folder.keras'));
    await expectError(path.join(base, 'folder.keras'), 'it is a folder');
    const closed = await written(whole);
    await chmod(closed, 0o000);
    await asNobody(() => expectError(closed, 'there is no permission to read it'));
  });

  test('a file of others', async () => {
    for (const content of ['', 'PK', 'model', await png()]) {
      await expectError(await written(content), neither);
    }
    await expectError(
      await written(await packed(new Map([['word/document.xml', '<xml/>']]))),
      'it holds no config.json, so that it is no archive of Keras 3',
    );
    await expectError(
      await written(await packed(new Map([['config.json', '{}']]))),
      'it holds no model.weights.h5',
    );
  });

  test('an archive that is cut off anywhere', async () => {
    for (let part = 0.1; part < 1; part += 0.2) {
      const file = await written(whole.subarray(0, Math.floor(part * whole.length)));
      await expectError(file, /^it is damaged or dangerous \(.*\)$/);
    }
    await expectError(await written(whole.subarray(0, -1)), /^it is damaged or dangerous \(/);
  });

  test('an archive in which a byte was changed', async () => {
    for (const name of ['config.json', 'model.weights.h5']) {
      const changed = Buffer.from(whole);
      changed[changed.indexOf(parts.get(name)!) + 700]! ^= 1;
      await expectError(
        await written(changed),
        `it is damaged or dangerous (its ${name} was changed)`,
      );
    }
  });

  test('a name that leads out of the archive', async () => {
    const inside = Buffer.from(
      await packed(new Map<string, Uint8Array | string>([...parts, ['aaaaaa', 'x']])),
    );
    const file = await written(
      Buffer.from(inside.toString('latin1').replaceAll('aaaaaa', '../../'), 'latin1'),
    );
    await expectError(file, 'it is damaged or dangerous (invalid relative path: ../../)');
  });

  test('a part that is there twice', async () => {
    const name = 'metadata.json';
    const twice = Buffer.from(
      await packed(new Map<string, Uint8Array | string>([...parts, ['Metadata.json', '{}']])),
    );
    const file = await written(
      Buffer.from(twice.toString('latin1').replaceAll('Metadata.json', name), 'latin1'),
    );
    await expectError(file, `it is damaged or dangerous (it holds ${name} twice)`);
  });

  test('a zip bomb, also one that lies about its size', async () => {
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.alloc(50_000_000), 'model.weights.h5');
    zip.addBuffer(parts.get('config.json')!, 'config.json');
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
    const bomb = Buffer.concat(chunks);
    expect(bomb.length).toBeLessThan(60_000);
    await expectError(
      await written(bomb),
      'it is damaged or dangerous (its model.weights.h5 claims to unpack to 50000000 bytes, far more than there is room for in the file)',
    );
    const size = Buffer.alloc(4);
    size.writeUInt32LE(50_000_000);
    const lie = Buffer.from(bomb);
    for (let at = lie.indexOf(size); at >= 0; at = lie.indexOf(size, at + 1))
      lie.writeUInt32LE(1000, at);
    await expectError(
      await written(lie),
      /^it is damaged or dangerous \(too many bytes in the stream/,
    );
  });

  test('a configuration that is no JSON, or of no model', async () => {
    const config = (text: string) => archiveWith({ 'config.json': text });
    await expectError(await config('{"module": '), 'its config.json is damaged, it is no JSON');
    for (const text of ['null', '[]', '3', '{}', '{"class_name": 3}']) {
      await expectError(await config(text), 'its configuration describes no model');
    }
    await expectError(
      await config('{"class_name": "Dense", "config": {}}'),
      'it must be a Sequential or Functional model, got "Dense"',
    );
    await expectError(
      await config('{"class_name": "Sequential", "config": null}'),
      'its configuration holds no list of layers',
    );
    await expectError(
      await config('{"class_name": "Sequential", "config": {"layers": [4]}}'),
      'its configuration does not describe layer 1',
    );
    await expectError(
      await config('{"class_name": "Sequential", "config": {"layers": []}}'),
      'the shape of its input must be given by sizes above 0, got undefined',
    );
    await expectError(
      await config('{"class_name": "Functional", "config": {"layers": []}}'),
      'its inputs must be a list',
    );
    await expectError(
      await config('['.repeat(100_000)),
      'its config.json is damaged, it is no JSON',
    );
    await expectError(
      await archiveWith({ 'metadata.json': '{' }),
      'its metadata.json is damaged, it is no JSON',
    );
  });

  test('a layer that is not known, which it names with its position', async () => {
    for (const className of ['Lambda', 'constructor', '__proto__']) {
      await expectError(
        await archiveWithLayers((layers) => Object.assign(layers[2]!, { class_name: className })),
        `layer 3 of 3, "second" (${className}): there is no such layer here; where a prediction does not need it, take it out in Python before saving`,
      );
    }
  });

  test('a layer that is asked for what tfjs cannot do', async () => {
    const changes: Array<[Record<string, unknown>, string]> = [
      [{ activation: 'glu' }, 'its activation is "glu", which is not known on both sides'],
      [
        { activation: { value: ['4wEA\nAAAA', null, null] } },
        'its activation is a function of its own, which a file of Keras holds as Python code',
      ],
      [
        { activation: { module: 'keras.layers', class_name: 'LeakyReLU', config: {} } },
        'its activation is the layer "LeakyReLU": add it behind this one as a layer of its own',
      ],
      [
        { kernel_constraint: { class_name: 'Mine', config: {} } },
        'its kernel_constraint is "Mine", which is not known on both sides',
      ],
      [
        { kernel_regularizer: { class_name: 'Mine', config: {} } },
        'its kernel_regularizer is "Mine", which is not known on both sides',
      ],
      [
        { dtype: { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } } },
        'it must compute with float32, got "mixed_float16"; in Keras, build the model anew without that policy, give it the weights (set_weights), and save that',
      ],
      [{ quantization_mode: 'int8' }, 'its quantization_mode must be null, got "int8"'],
      [{ units: 'many' }, ''],
    ];
    for (const [change, reason] of changes) {
      const file = await archiveWithLayers((layers) => Object.assign(layers[1]!.config, change));
      await expectError(file, new RegExp(`^layer 2 of 3, "first" \\(Dense\\): ${escape(reason)}`));
    }
  });

  test('weights that have another shape, are missing, or are too many', async () => {
    const units = (count: number) =>
      archiveWithLayers((layers) => Object.assign(layers[1]!.config, { units: count }));
    const wrong = (count: number) =>
      `layer 2 of 3, "first" (Dense): "layers/dense/vars/0" must have the shape [3,${count}], got [3,2]`;
    await expectError(await units(5), wrong(5));
    // There would be no memory for these: the shapes are compared before they are made.
    await expectError(await units(1e15), wrong(1e15));
    await expectError(
      await archiveWithLayers((layers) => Object.assign(layers[1]!.config, { use_bias: false })),
      'layer 2 of 3, "first" (Dense): it has 1 weights, and the file holds 2 for it',
    );
    await expectError(
      await archiveWithLayers((layers) =>
        layers.push({ ...layers[2]!, config: { ...layers[2]!.config, name: 'third' } }),
      ),
      'layer 4 of 4, "third" (Dense): "layers/dense_2/vars/0" is missing',
    );
    const groups = await hdf5Content([
      {
        path: 'layers/dense',
        attributes: {},
        arrays: [{ name: 'vars', shape: [1], values: Float32Array.of(1) }],
      },
    ]);
    await expectError(
      await archiveWith({ 'model.weights.h5': groups }),
      'layer 2 of 3, "first" (Dense): "layers/dense/vars/0" is missing',
    );
  });

  test('weights that are no HDF5, or cut off', async () => {
    const weights = parts.get('model.weights.h5')!;
    for (const content of ['', 'weights', weights.subarray(0, 1000), weights.subarray(0, -1)]) {
      await expectError(
        await archiveWith({ 'model.weights.h5': content }),
        'its model.weights.h5 cannot be opened, it is no HDF5 file, or cut off',
      );
    }
    await expectError(
      await written(weights.subarray(0, 1000), 'h5'),
      'its content cannot be opened, it is no HDF5 file, or cut off',
    );
  });

  test('an HDF5 file that describes no model', async () => {
    await expectError(
      await written(parts.get('model.weights.h5')!, 'h5'),
      'it describes no model: it may hold the weights alone, or is no file of Keras',
    );
  });

  test('weights that claim to be large, or to lie in other files', async () => {
    await promisify(execFile)(PYTHON, [
      '-c',
      `
import h5py, sys
def made(name, **first):
    with h5py.File(sys.argv[1] + '/' + name + '.h5', 'w') as f:
        g = f.create_group('layers/dense/vars')
        if first: g.create_dataset('0', dtype='f4', **first)
        else: yield g
for name, first in [('large', dict(shape=(3, 2 ** 28), chunks=(1, 1024))), ('words', dict(shape=(3, 2), external=[('/etc/passwd', 0, 24)])),
        ('keyboard', dict(shape=(3, 2), external=[('/dev/stdin', 0, 24)])), ('own', dict(shape=(3, 2), external=[('/proc/self/environ', 0, 24)]))]:
    list(made(name, **first))
for g in made('linked'): g['0'] = h5py.ExternalLink('/etc/passwd', '/x')
for g in made('soft'): g['0'] = h5py.SoftLink('/nowhere')
for g in made('loop'): g['0'] = h5py.SoftLink('/layers/dense/vars/0')
for g in made('text'): g.create_dataset('0', data=[[b'a', b'b']] * 3)
for g in made('virtual'):
    layout = h5py.VirtualLayout((3, 2), 'f4')
    layout[:] = h5py.VirtualSource('/etc/passwd', 'x', (3, 2))
    g.create_virtual_dataset('0', layout)
`,
      base,
    ]);
    const first = 'layer 2 of 3, "first" (Dense): ';
    const weight = '"layers/dense/vars/0"';
    const cases: Record<string, string> = {
      large: 'it claims to hold far more numbers than there is room for in the file',
      words: `${weight} cannot be read, the file is cut off or damaged`,
      keyboard: `${weight} cannot be read, the file is cut off or damaged`,
      own: `${weight} cannot be read, the file is cut off or damaged`,
      linked: `${weight} is missing`,
      soft: `${weight} is missing`,
      loop: `${weight} is missing`,
      text: `${weight} must hold numbers`,
      virtual: `${weight} must hold numbers`,
    };
    for (const [name, reason] of Object.entries(cases)) {
      const weights = await readFile(path.join(base, `${name}.h5`));
      const config = JSON.parse(String(parts.get('config.json')));
      if (name === 'large') config.config.layers[1].config.units = 2 ** 28;
      const file = await archiveWith({
        'model.weights.h5': weights,
        'config.json': JSON.stringify(config),
      });
      await expectError(file, first + reason);
    }
  });

  test('a graph that is none', async () => {
    const tensor = (layer: string) => ({
      class_name: '__keras_tensor__',
      config: { keras_history: [layer, 0, 0] },
    });
    const graph = (nodes: (layers: Layers) => void, ends: object = {}) =>
      archiveWithLayers((layers, all) => {
        all['class_name'] = 'Functional';
        const from = ['input', 'first'];
        layers[0]!.config['name'] = 'input';
        layers.slice(1).forEach((layer, i) => {
          layer['inbound_nodes'] = [{ args: [tensor(from[i]!)], kwargs: {} }];
        });
        nodes(layers);
        Object.assign(all['config'] as object, {
          input_layers: ['input', 0, 0],
          output_layers: ['second', 0, 0],
          ...ends,
        });
      });
    (await loadKeras(await graph(() => {}), { compile: false })).dispose();
    await expectError(
      await graph(
        (layers) => (layers[1]!['inbound_nodes'] = [{ args: [tensor('second')], kwargs: {} }]),
      ),
      'layer 2 of 3, "first" (Dense): its inputs come from nowhere',
    );
    await expectError(
      await graph((layers) => (layers[1]!['inbound_nodes'] = [{ args: [3], kwargs: {} }])),
      'its configuration does not say where the inputs of "first" come from',
    );
    await expectError(
      await graph(
        (layers) =>
          (layers[1]!['inbound_nodes'] = [{ args: [tensor('input')], kwargs: { mask: 1 } }]),
      ),
      '"first" must be called with its inputs alone, got mask=1',
    );
    await expectError(
      await graph((layers) => {
        const inbound_nodes = [{ args: [tensor('input'), tensor('input')], kwargs: { mask: 1 } }];
        Object.assign(layers[1]!, { class_name: 'MultiHeadAttention', inbound_nodes });
      }),
      'layer 2 of 3, "first" (MultiHeadAttention): there is no such layer here; where a prediction does not need it, take it out in Python before saving',
    );
    await expectError(
      await graph(() => {}, { output_layers: [['third', 0, 0]] }),
      'its "third" is no layer of the model',
    );
  });

  test('how it was compiled, unless it shall only predict', async () => {
    const compiled = (change: Record<string, unknown>) =>
      archiveWithLayers((_, all) => Object.assign(all['compile_config'] as object, change));
    const adam = (change: Record<string, unknown>) => {
      const { compile_config } = JSON.parse(String(parts.get('config.json')));
      return {
        optimizer: {
          ...compile_config.optimizer,
          config: { ...compile_config.optimizer.config, ...change },
        },
      };
    };
    const hint = '; with compile: false the model can be loaded to predict';
    const cases: Array<[Record<string, unknown>, string]> = [
      [{ loss: 'log_cosh' }, 'its loss is "log_cosh", which is not known here'],
      [{ metrics: ['mse', 'MyOwn'] }, 'its metric is "MyOwn", which is not known here'],
      [{ loss_weights: ['a'] }, 'its loss_weights must be numbers, got ["a"]'],
      [
        { optimizer: { class_name: 'Nadam', config: {} } },
        'its optimizer is Nadam, which is not known here',
      ],
      [adam({ amsgrad: true }), 'its optimizer Adam must have amsgrad false, got true'],
      [adam({ clipnorm: 1 }), 'its optimizer Adam must have clipnorm null, got 1'],
      [
        adam({ learning_rate: { class_name: 'ExponentialDecay', config: {} } }),
        'its optimizer Adam has a learning rate that changes by ExponentialDecay, which is not known here; scheduleLearningRate changes one by a function',
      ],
    ];
    for (const [change, reason] of cases) {
      const file = await compiled(change);
      await expectError(file, reason + hint);
      (await loadKeras(file, { compile: false })).dispose();
    }
    const frozen = await archiveWithLayers((layers) =>
      Object.assign(layers[1]!.config, { trainable: false }),
    );
    await expectError(frozen, `its optimizer must have 6 variables, and the file holds 10${hint}`);
  });

  function escape(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
});

test('loadClassifier() throws, and leaks nothing, on a file of Keras that names no classes', async () => {
  const before = tf.memory().numTensors;
  const file = await archiveWith({});
  await expect(loadClassifier(file)).rejects.toThrow(
    `Cannot load a model from ${JSON.stringify(file)}: it names no classes, so it is none that saveKeras has saved with them; for a model of others give classNames (--classes)`,
  );
  const wrong = { smile_lab: { classNames: ['a', 'b', 'c'], imageSize: [1, 1], scale: 1 } };
  await expect(
    loadClassifier(await archiveWith({ 'metadata.json': JSON.stringify(wrong) })),
  ).rejects.toThrow("classNames must fit the model's output of 1");
  expect(tf.memory().numTensors).toBe(before);
});

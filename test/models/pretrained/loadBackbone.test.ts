import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KNOWN_BACKBONES } from '../../../src/models/pretrained/knownBackbones';
import { loadBackbone } from '../../../src/models/pretrained/loadBackbone';
import { openWeights } from '../../../src/models/pretrained/openWeights';
import { saveKeras } from '../../../src/saving/saveKeras';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith } from '../../support/pictures';
import { tinyBackbone, tinyClassifier } from './tinyBackbone';

afterEach(() => expect(tf.memory().numTensors).toBe(0));

describe('loadBackbone() of a file', () => {
  test('takes what stands before a layer, out of a network inside the network, and nothing else', async () => {
    const { model, layer } = await tinyBackbone({ layer: 'first_relu' });
    expect(layer).toBe('first_relu');
    expect(model.layers.map(({ name }) => name)).toEqual([
      'pictures',
      'first',
      'first_bn',
      'first_relu',
    ]);
    expect(model.outputShape).toEqual([null, 6, 6, 4]);
    model.dispose();
  });

  test('takes the last layer that gives maps when none is named', async () => {
    const { model, layer } = await tinyBackbone();
    expect([layer, model.outputShape]).toEqual(['second', [null, 4, 4, 5]]);
    model.dispose();
  });

  test('answers as the whole network, frozen, with weights of its own', async () => {
    const { model } = await tinyBackbone({ layer: 'answer' });
    const whole = tinyClassifier();
    const x = tf.randomUniform([2, 8, 8, 3], 0, 1, 'float32', 1);
    const answers = [model, whole.model].map((each) => each.predict(x) as tf.Tensor);
    expect(answers[0]!.arraySync()).toEqual(answers[1]!.arraySync());
    expect(model.trainableWeights).toEqual([]);
    tf.dispose([x, answers]);
    whole.model.dispose();
    model.dispose();
  });

  test('knows how a picture becomes its input where Smile Lab saved it, and takes what is given instead', async () => {
    const folder = await folderWith({});
    const file = path.join(folder, 'tiny.keras');
    const classifier = tinyClassifier();
    await saveKeras(classifier, file);
    classifier.model.dispose();
    const known = await loadBackbone(file);
    const given = await loadBackbone(file, { input: { rescale: 'none' } });
    expect(known.input).toEqual({ imageSize: [8, 8], rescale: { scale: 1 / 255 } });
    expect(given.input).toEqual({ imageSize: [8, 8], rescale: 'none' });
    known.model.dispose();
    given.model.dispose();
  });

  test('asks for rescale where neither the file nor a layer says it', async () => {
    const file = path.join(await folderWith({}), 'plain.keras');
    const { model } = tinyClassifier();
    await saveKeras(model, file);
    model.dispose();
    await expect(loadBackbone(file)).rejects.toThrow(
      `Cannot load the backbone ${JSON.stringify(file)}: none of its layers rescales pictures, so that input.rescale must be given`,
    );
  });

  test('gives two layers of one name different ones', async () => {
    const file = path.join(await folderWith({}), 'twins.keras');
    const inner = tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'same', inputShape: [8, 8, 3], filters: 2, kernelSize: 1 }),
      ],
    });
    const input = tf.input({ shape: [8, 8, 3] });
    const outer = tf.layers.conv2d({ name: 'same', filters: 2, kernelSize: 1 });
    const flat = tf.layers.flatten();
    const answer = tf.layers.dense({ units: 1, activation: 'sigmoid' });
    const output = [inner, outer, flat, answer].reduce<tf.SymbolicTensor>(
      (x, layer) => layer.apply(x) as tf.SymbolicTensor,
      input,
    );
    const model = tf.model({ inputs: input, outputs: output });
    await saveKeras({ ...tinyInput, model }, file);
    model.dispose();
    const backbone = await loadBackbone(file, { layer: 'same' });
    expect(backbone.model.layers.slice(1).map(({ name }) => name)).toEqual(['same', 'same-2']);
    backbone.model.dispose();
  });
});

const tinyInput = {
  classNames: ['happy', 'sad'],
  input: { imageSize: [8, 8] as [number, number], rescale: 'none' as const },
};

describe('loadBackbone() refuses', () => {
  test('a network that it does not know, and names the nearest first', async () => {
    await expect(loadBackbone('MobileNetV2')).rejects.toThrow(
      'Cannot load the backbone "MobileNetV2": one of "mobilenet-v2", "efficientnet-lite0" is required, or a file .keras or .h5, or a folder with a model.json',
    );
  });

  test('a layer that it has not, and names the nearest', async () => {
    await expect(tinyBackbone({ layer: 'frist_relu' })).rejects.toThrow(
      /: it has no layer "frist_relu"; the nearest of its 6 are "first_relu", "first", "first_bn"$/,
    );
  });

  test('pictures of another size than it takes', async () => {
    await expect(
      loadBackbone('mobilenet-v2', { input: { imageSize: [224, 224] } }),
    ).rejects.toThrow(
      'Cannot load the backbone "mobilenet-v2": its imageSize must be [160, 160], as its model takes pictures, got [ 224, 224 ]',
    );
  });

  test('no name', async () => {
    await expect(loadBackbone(undefined as never)).rejects.toThrow(
      'Cannot load a backbone: its name, or a file, is required as a text, got undefined',
    );
  });

  const known = KNOWN_BACKBONES['mobilenet-v2']!;

  test('weights that are missing, and says what brings them', async () => {
    const folder = await folderWith({});
    await expect(openWeights('Cannot load', known, folder)).rejects.toThrow(
      `Cannot load: its weights ${JSON.stringify(path.join(folder, known.file))}: it does not exist. Delete ${JSON.stringify(folder)}, and the next command, such as npm run doctor, brings it again`,
    );
  });

  test('weights that are cut off or changed', async () => {
    const folder = await folderWith({});
    await mkdir(path.dirname(path.join(folder, known.file)), { recursive: true });
    await writeFile(path.join(folder, known.file), 'half');
    await expect(openWeights('Cannot load', known, folder)).rejects.toThrow(
      /mobilenetv2\.h5" are not those that the set-up brought; they were cut off or changed\. Delete/,
    );
  });
});

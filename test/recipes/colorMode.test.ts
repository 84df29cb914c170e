import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { main } from '../../src/cli/main';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { buildEmotion } from '../../src/models/buildEmotion';
import { buildHappyOrSad } from '../../src/models/buildHappyOrSad';
import { channelsOf } from '../../src/images/formats/colorMode';
import type { Recipe } from '../../src/recipes/recipe';
import { trainRecipe } from '../../src/recipes/trainRecipe';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { tf } from '../../src/tensorflow/tf';
import { folderWith, png, speckled } from '../support/pictures';
import { colours } from './exercises/colours';

/** Light or dark, told apart in greys; its network takes the channels that it is given. */
const lightness: Recipe = {
  ...colours,
  name: 'lightness',
  classes: { least: 2, most: 2 },
  loading: { imageSize: [4, 4], batchSize: 4, labelMode: 'binary', colorMode: 'grayscale' },
  build({ seed, colorMode }) {
    const kernelInitializer = tf.initializers.glorotUniform({ seed });
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [4, 4, channelsOf(colorMode)] }),
        tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer }),
      ],
    });
    model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    return model;
  },
};

let home: string;
let data: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const files: Record<string, Buffer | string> = {};
  const entries: object[] = [];
  for (let i = 0; i < 30; i++) {
    const file = `${['dark', 'light'][i % 2]}/${i}.png`;
    files[file] = await png(i + (i % 2) * 200, i, i + (i % 2) * 100);
    entries.push({ file, group: String(i) });
  }
  files['dark/moving.gif'] = await speckled(9, 9, 3).gif().toBuffer();
  entries.push({ file: 'dark/moving.gif', group: 'gif' });
  data = await folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
});
afterAll(() => Promise.all([home, data].map((folder) => rm(folder, { recursive: true }))));
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
  written.length = 0;
});
afterEach(() => jest.restoreAllMocks());
const written: string[] = [];

test('a recipe of grey pictures trains a classifier of grey pictures; what is not read as grey is left out', async () => {
  const lines: string[] = [];
  const logs = path.join(home, 'log');
  const run = await trainRecipe(lightness, {
    data,
    seed: 1,
    logs,
    print: (line) => lines.push(line),
  });
  const { model, input } = run.classifier;
  expect(model.inputs[0]!.shape).toEqual([null, 4, 4, 1]);
  expect(input.colorMode).toBe('grayscale');
  expect(Object.values(run.pictures).reduce((sum, count) => sum + count)).toBe(30);
  expect(lines.join('\n')).toMatch(
    /1 file left out: .*moving\.gif \(it is a GIF, which the loader, .* "grayscale"/,
  );
  expect(run.test!.count).toBe(run.pictures.test);
  const { probabilities } = await predictPicture(run.classifier, `${data}/dark/0.png`);
  expect(probabilities).toHaveLength(2);
  model.dispose();
});

test('--color-mode trains a recipe on other colours, and a resumed run and its model keep them', async () => {
  const folder = path.join(home, 'run');
  const train = ['train', '--recipe', 'lightness'];
  const told = ['--data', data, '--out', folder, '--epochs', '1', '--color-mode', 'rgb'];
  expect(await main([...train, ...told], [lightness])).toBe(0);
  expect(JSON.parse(await readFile(path.join(folder, 'run.json'), 'utf8'))).toMatchObject({
    colorMode: 'rgb',
  });
  expect(await main(['train', '--resume', folder, '--epochs', '2'], [lightness])).toBe(0);
  const classifier = await loadClassifier(folder);
  expect(classifier.model.inputs[0]!.shape).toEqual([null, 4, 4, 3]);
  expect(classifier.input.colorMode).toBe('rgb');
  classifier.model.dispose();
  expect(await main([...train, '--data', data, '--color-mode', 'bgr'], [lightness])).not.toBe(0);
  expect(written.join('')).toContain("'bgr' is invalid. Allowed choices are grayscale, rgb, rgba.");
});

test('a recipe whose network does not take the channels is refused in a sentence', async () => {
  const before = tf.memory().numTensors;
  const stubborn: Recipe = {
    ...lightness,
    build: (options) => lightness.build({ ...options, colorMode: 'rgb' }),
  };
  const logs = path.join(home, 'never');
  await expect(trainRecipe(stubborn, { data, seed: 1, logs })).rejects.toThrow(
    'Cannot train "lightness": its colorMode must be "rgb", as its model takes pictures [4, 4, 3], got "grayscale"',
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('the networks of the exercises take the channels of the color mode, 3 when none is named', () => {
  for (const build of [buildEmotion, buildHappyOrSad]) {
    for (const [colorMode, channels] of [
      [undefined, 3],
      ['grayscale', 1],
      ['rgba', 4],
    ] as const) {
      const model = build({ seed: 1, colorMode });
      expect(model.inputs[0]!.shape[3]).toBe(channels);
      model.dispose();
    }
    expect(() => build({ colorMode: 'grey' as never })).toThrow(
      'Cannot build the network: colorMode must be "grayscale" or "rgb" or "rgba", got "grey"',
    );
  }
});

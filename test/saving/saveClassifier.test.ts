import { chmod, copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { Classifier } from '../../src/models/classifier';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { tf } from '../../src/tensorflow/tf';
import { asNobody } from '../support/asNobody';
import { runCompiled, twoAtATime } from '../support/children';
import { predictionOf, smallClassifier } from '../support/classifier';
import { folderWith } from '../support/pictures';

let base: string;
let folders = 0;
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

const newPath = () => path.join(base, `folder ${++folders}`);

/** A folder that holds a model, and files of other people. */
async function folderWithOld(): Promise<string> {
  const folder = newPath();
  await saveClassifier(old, folder);
  await writeFile(path.join(folder, 'notes.txt'), 'mine');
  await writeFile(path.join(folder, 'weights-mine.bin'), 'mine');
  return folder;
}

async function expectToHold(folder: string, classifier: Classifier): Promise<void> {
  const loaded = await loadClassifier(folder);
  expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
  expect(loaded.classNames).toEqual(classifier.classNames);
  loaded.model.dispose();
}

/** Names of the folder's files, the sum in the weights' name left out. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.map((name) => name.replace(/[0-9a-f]{16}/, '…')).sort();
}

test('saveClassifier() gives a model that predicts exactly the same, in a folder that it makes', async () => {
  const folder = path.join(newPath(), 'with', 'others above');
  expect(await saveClassifier(old, folder)).toBe(path.join(folder, 'model.json'));
  expect(await namesIn(folder)).toEqual(['model.json', 'weights-….bin']);
  await expectToHold(folder, old);
});

test('saveClassifier() keeps class names and input, whatever the names hold', async () => {
  const names = ['na me', '😀', 'new\nline "quoted" \\', 'Ａ', ''];
  const classifier: Classifier = {
    ...smallClassifier(3, names, 'softmax'),
    input: {
      imageSize: [4, 4],
      interpolation: 'nearest',
      padToAspectRatio: true,
      shrinkOnLoad: true,
      background: '#ffcc00',
      rescale: { divisor: 2, mean: [1, 2, 3], std: 4 },
    },
  };
  const folder = path.join(newPath(), 'fol der\n😀');
  await saveClassifier(classifier, folder);
  const loaded = await loadClassifier(folder);
  expect(loaded).toEqual({ ...classifier, model: expect.any(tf.LayersModel) });
  expect(predictionOf(loaded)).toEqual(predictionOf(classifier));
  for (const { model } of [classifier, loaded]) model.dispose();
});

test('saveClassifier() writes what tf.loadLayersModel opens', async () => {
  const folder = newPath();
  const file = await saveClassifier(old, folder);
  const model = await tf.loadLayersModel(`file://${file}`);
  expect(predictionOf({ ...old, model })).toEqual(predictionOf(old));
  expect(model.getUserDefinedMetadata()).toEqual({
    smileLab: {
      version: 2,
      classNames: ['happy', 'sad'],
      input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } },
    },
  });
  model.dispose();
});

test('saveClassifier() refuses to replace a model unasked', async () => {
  const folder = await folderWithOld();
  const before = await readdir(folder);
  await expect(saveClassifier(young, folder)).rejects.toThrow(
    `Cannot save the model to ${JSON.stringify(folder)}: the folder holds a model already, and overwrite is not set`,
  );
  expect(await readdir(folder)).toEqual(before);
  await expectToHold(folder, old);
});

test('saveClassifier() replaces a model when asked, and leaves other files alone', async () => {
  const folder = await folderWithOld();
  await saveClassifier(young, folder, { overwrite: true });
  expect(await namesIn(folder)).toEqual([
    'model.json',
    'notes.txt',
    'weights-mine.bin',
    'weights-….bin',
  ]);
  expect(await readFile(path.join(folder, 'notes.txt'), 'utf8')).toBe('mine');
  await expectToHold(folder, young);
});

test('saveClassifier() leaves weights that another model of the folder names', async () => {
  const folder = await folderWithOld();
  await copyFile(path.join(folder, 'model.json'), path.join(folder, 'best.json'));
  await saveClassifier(young, folder, { overwrite: true });
  await expectToHold(path.join(folder, 'best.json'), old);
  await expectToHold(folder, young);
});

test('saveClassifier() saves the same model again', async () => {
  const folder = await folderWithOld();
  await saveClassifier(old, folder, { overwrite: true });
  await expectToHold(folder, old);
});

test('saveClassifier() does not mix saves that run at the same time', async () => {
  const folder = await folderWithOld();
  const saves = [young, old, young].map((classifier) =>
    saveClassifier(classifier, folder, { overwrite: true }),
  );
  await Promise.all(saves);
  (await loadClassifier(folder)).model.dispose();
});

test('saveClassifier() throws on class names that do not fit, before it writes', async () => {
  const folder = newPath();
  await expect(saveClassifier({ ...old, classNames: ['one'] }, folder)).rejects.toThrow(
    'classNames (two or more) are required, got {"classNames":["one"]',
  );
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

test('saveClassifier() throws where there is a file', async () => {
  const file = newPath();
  await writeFile(file, '');
  for (const target of [file, path.join(file, 'sub')]) {
    await expect(saveClassifier(old, target)).rejects.toThrow(
      `Cannot save the model to ${JSON.stringify(target)}: it, or a part of its path, is a file`,
    );
  }
});

test('saveClassifier() throws where nobody may write, and the old model stays', async () => {
  const folder = await folderWithOld();
  const closed = newPath();
  await mkdir(closed, { mode: 0o555 });
  await chmod(folder, 0o555);
  await asNobody(async () => {
    await expect(saveClassifier(old, path.join(closed, 'sub'))).rejects.toThrow(
      /: there is no permission to write there$/,
    );
    await expect(saveClassifier(young, folder, { overwrite: true })).rejects.toThrow(
      /: there is no permission to write there; the model that was there is still whole$/,
    );
  });
  await chmod(folder, 0o755);
  await expectToHold(folder, old);
});

test('saveClassifier() leaks nothing', async () => {
  const folder = newPath();
  await saveClassifier(old, folder);
  const before = tf.memory().numTensors;
  await saveClassifier(young, folder, { overwrite: true });
  expect(tf.memory().numTensors).toBe(before);
});

/** Saves, as often as it is told, models whose weights are all 1, all 2, … The dense layer fills 4 MB. */
const SAVE_IN_A_LOOP = `
  const [folder, times] = args;
  const model = tf.sequential({ layers: [
    tf.layers.flatten({ inputShape: [32, 32, 3] }),
    tf.layers.dense({ units: 341 }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ] });
  const classifier = { model, classNames: ['happy', 'sad'], input: { imageSize: [32, 32], rescale: { scale: 1 } } };
  for (let time = 1; time <= Number(times); time++) {
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, time)));
    console.log('saving', time);
    try {
      await lab.saveClassifier(classifier, folder, { overwrite: true });
    } catch (error) {
      console.log(error.message);
    }
  }`;

/** The number that fills all weights of a saved model. */
async function fillingOf(folder: string): Promise<number> {
  const { model } = await loadClassifier(folder);
  const values = new Set(model.getWeights().flatMap((weight) => Array.from(weight.dataSync())));
  model.dispose();
  expect(values.size).toBe(1);
  return [...values][0] as number;
}

describe('on a full disk', () => {
  /** Bash's ulimit -f counts kilobytes. Beyond it every write fails, as on a full disk. */
  const upTo = (kilobytes: number) => ({
    wrap: (command: string[]) => [
      'bash',
      '-c',
      `ulimit -f ${kilobytes}; exec "$@"`,
      '-',
      ...command,
    ],
  });
  const tooLarge = 'the file is larger than the system allows';

  // 2,000 kB hold half of the weights, 0 kB not even a model.json.
  test.each([2000, 0])(
    'at %d kB the old model stays whole, and no half file',
    async (kilobytes) => {
      const folder = newPath();
      await runCompiled(SAVE_IN_A_LOOP, [folder, '1']);
      const before = await readdir(folder);
      const { status, signal, stdout } = await runCompiled(
        SAVE_IN_A_LOOP.replace('time = 1', 'time = 2'),
        [folder, '2'],
        upTo(kilobytes),
      );
      expect({ status, signal }).toEqual({ status: 0, signal: null });
      expect(stdout).toBe(
        `saving 2\nCannot save the model to ${JSON.stringify(folder)}: ${tooLarge}; the model that was there is still whole\n`,
      );
      expect(await readdir(folder)).toEqual(before);
      expect(await fillingOf(folder)).toBe(1);
    },
  );

  test('nothing is left in a new folder', async () => {
    const folder = newPath();
    const { stdout } = await runCompiled(SAVE_IN_A_LOOP, [folder, '1'], upTo(2000));
    expect(stdout).toContain(`Cannot save the model to ${JSON.stringify(folder)}: ${tooLarge}\n`);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('killed while saving', () => {
  /** The process kills itself before one of its file operations: each moment between two of them is tried. */
  const killBefore = (operation: number) => `
    const fs = require('node:fs/promises');
    let operations = 0;
    for (const name of ['writeFile', 'rename', 'readdir', 'rm']) {
      const original = fs[name];
      fs[name] = (...parameters) => {
        if (++operations === ${operation}) process.kill(process.pid, 'SIGKILL');
        return original(...parameters);
      };
    }`;

  test('the folder holds a whole model at each moment, and the next save clears up', async () => {
    const prepared = newPath();
    await runCompiled(SAVE_IN_A_LOOP, [prepared, '1']);
    // The old one until model.json is renamed (two writes, two renames), then the new one.
    const expected = [1, 1, 1, 1, 2, 2, 2];
    const outcomes = twoAtATime(expected, async (_, i) => {
      const folder = newPath();
      await cp(prepared, folder, { recursive: true });
      const code = killBefore(i + 1) + SAVE_IN_A_LOOP.replace('time = 1', 'time = 2');
      const { signal } = await runCompiled(code, [folder, '2']);
      const filling = await fillingOf(folder);

      await saveClassifier(young, folder, { overwrite: true });
      expect(await namesIn(folder)).toEqual(['model.json', 'weights-….bin']);
      await expectToHold(folder, young);
      return [signal, filling];
    });
    expect(await Promise.all(outcomes)).toEqual(
      // The save has six operations; nothing is left to be killed before the seventh.
      expected.map((filling, i) => [i < 6 ? 'SIGKILL' : null, filling]),
    );
  });

  test('the folder holds a whole model whenever the blow falls', async () => {
    const folder = newPath();
    for (let round = 1; round <= 4; round++) {
      let writes = 0;
      const { signal, stdout } = await runCompiled(SAVE_IN_A_LOOP, [folder, '1000'], {
        // The time that a message takes to come here is the accident.
        onOutput: (_, kill) => ++writes === 2 * round && kill('SIGKILL'),
      });
      expect(signal).toBe('SIGKILL');
      const begun = stdout.trim().split('\n').length;
      const filling = await fillingOf(folder);
      expect([begun - 1, begun]).toContain(filling);
    }
  });
});

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { tf } from '../../src/tensorflow/tf';
import { compareWithOriginal } from '../../src/recipes/compareWithOriginal';
import { readRunLog } from '../../src/runs/log/readRunLog';
import { stopTrainings } from '../../src/training/fit/stopTrainings';
import { buildEmotion } from '../../src/models/buildEmotion';
import { emotion } from '../../src/recipes/exercises/emotion';
import type { Recipe } from '../../src/recipes/recipe';
import { trainRecipe } from '../../src/recipes/trainRecipe';
import { folderWith, png } from '../support/pictures';

/** The recipe with pictures of 64×64; `smile-lab train --recipe emotion` trains with its own. */
const small: Recipe = {
  ...emotion,
  loading: { ...emotion.loading, imageSize: [64, 64] },
  build: (options) => buildEmotion({ ...options, imageSize: [64, 64] }),
};

let home: string;
let data: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const files: Record<string, Buffer | string> = {};
  const entries: object[] = [];
  for (let i = 0; i < 20; i++) {
    const file = `${i % 2 ? 'light' : 'dark'}/${i}.png`;
    files[file] = await png((i % 2) * 128 + i, (i * 37) % 256, (i * 91) % 256);
    entries.push({ file, group: String(i) });
  }
  data = await folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
});

afterAll(() => Promise.all([home, data].map((folder) => rm(folder, { recursive: true }))));

const places = (name: string) => ({
  folder: path.join(home, name),
  logs: path.join(home, 'logs', name),
});

test('trainRecipe(emotion) trains on 70, validates on 20 and tests on 10 %, and resumes a run that was stopped as if it had not been', async () => {
  const before = tf.memory().numTensors;
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const done: unknown[] = [];
  const progress = async (what?: string) => (files: number, all: number) => {
    if (files === all) done.push([what, all]);
  };
  const settings = { data, seed: 1, epochs: 2, print, progress };
  const through = await trainRecipe(small, { ...settings, ...places('through') });
  expect(done).toEqual([
    ['Looking at pictures', 20],
    ['Measuring', 2],
  ]);
  expect(through.pictures).toEqual({ train: 14, validation: 4, test: 2 });
  for (const values of Object.values(through.history)) expect(values).toHaveLength(2);
  expect(through.test).toMatchObject({
    loss: expect.any(Number),
    accuracy: expect.any(Number),
    confusionMatrix: [expect.any(Array), expect.any(Array)],
    count: 2,
  });
  expect(through.msPerStep).toBeGreaterThan(0);
  expect(lines[0]).toBe('14 pictures to train, 4 to validate, 2 to test, classes: dark, light');
  // Before the table a sentence says whose figures the original's are.
  expect(lines[1]).toMatch(/^The last epoch beside the figures that the document of the exercise/);
  expect(lines.slice(2)).toHaveLength(7);
  expect((await readdir(places('through').folder)).sort()).toEqual([
    'checkpoint',
    'run.json',
    'split.json',
  ]);
  expect((await readdir(places('through').logs)).sort()).toEqual([
    'progress.json',
    'run.jsonl',
    'thumbnails',
    'train',
    'validation',
  ]);

  const controller = new AbortController();
  const stop = new tf.CustomCallback({
    onBatchEnd: async () => {
      if (!(await readdir(places('stopped').folder)).includes('checkpoint')) return;
      controller.abort();
      void stopTrainings();
    },
  });
  await expect(
    trainRecipe(small, {
      data,
      seed: 1,
      epochs: 2,
      ...places('stopped'),
      callbacks: [stop],
      signal: controller.signal,
    }),
  ).rejects.toThrow('Training was interrupted after epoch 1');
  const resumed = await trainRecipe(small, {
    data,
    seed: 1,
    epochs: 2,
    ...places('stopped'),
    resume: true,
  });
  expect(resumed.history).toEqual(through.history);
  for (const { logs } of [through, resumed]) {
    const { state, history, problems, evaluations } = await readRunLog(logs);
    expect([state, history, problems, evaluations.length]).toEqual([
      'finished',
      {
        loss: through.history.loss,
        acc: through.history.accuracy,
        val_loss: through.history.val_loss,
        val_acc: through.history.val_accuracy,
      },
      [],
      1,
    ]);
  }
  expect(resumed.test).toEqual(through.test);
  // A run that is finished has nothing to resume; its last weights are there.
  const again = await trainRecipe(small, {
    data,
    seed: 1,
    epochs: 2,
    ...places('stopped'),
    resume: true,
  });
  expect([again.history, again.test]).toEqual([resumed.history, through.test]);
  await expect(
    trainRecipe(small, { data, seed: 1, epochs: 1, ...places('stopped'), resume: true }),
  ).rejects.toThrow(
    `Cannot train the run in ${JSON.stringify(places('stopped').folder)} to epoch 1: 2 are finished`,
  );
  for (const { classifier } of [through, resumed, again]) classifier.model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('trainRecipe(emotion) does not replace another run, and overwrites one when it is told to', async () => {
  const run = (more: object) =>
    trainRecipe(small, { data, seed: 1, epochs: 1, ...places('twice'), ...more });
  (await run({})).classifier.model.dispose();
  await expect(run({})).rejects.toThrow(
    `Cannot begin a run in ${JSON.stringify(places('twice').folder)}: another one is there; resume continues it, and overwrite replaces it`,
  );
  (await run({ overwrite: true, seed: 2 })).classifier.model.dispose();
  const noted = await readFile(path.join(places('twice').folder, 'run.json'), 'utf8');
  const logs = places('twice').logs;
  expect(JSON.parse(noted)).toMatchObject({ recipe: 'emotion', data, epochs: 1, seed: 2, logs });
  const seeds = await Promise.all([logs, `${logs}-2`].map(readRunLog));
  expect(seeds.map(({ begin }) => begin?.settings['seed'])).toEqual([1, 2]);
});

test('trainRecipe(emotion) does not resume with pictures that have changed since', async () => {
  const changed = await folderWith({});
  const { cp, writeFile } = await import('node:fs/promises');
  await cp(data, changed, { recursive: true });
  const options = { data: changed, seed: 1, epochs: 1, ...places('changed') };
  (await trainRecipe(small, options)).classifier.model.dispose();
  await writeFile(path.join(changed, 'dark/0.png'), await png(9, 9, 9));
  await expect(trainRecipe(small, { ...options, epochs: 2, resume: true })).rejects.toThrow(
    /^Cannot use the split ".*split\.json": ".*" has changed since: "dark\/0\.png" is changed/,
  );
  await rm(changed, { recursive: true });
});

test('trainRecipe(emotion) trains without a picture of two classes, and tells where all that it left out is named', async () => {
  const undecided = await folderWith({});
  const { cp } = await import('node:fs/promises');
  await cp(data, undecided, { recursive: true });
  await cp(path.join(undecided, 'dark/0.png'), path.join(undecided, 'light/1.png'));
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const { folder, logs } = places('undecided');
  const run = await trainRecipe(small, {
    data: undecided,
    seed: 1,
    epochs: 1,
    folder,
    logs,
    print,
  });
  run.classifier.model.dispose();
  const { train, validation, test } = run.pictures;
  expect(train + validation + test).toBe(18);
  expect(lines[1]).toBe(
    `2 files left out, all of them named in ${folder}/split.json; the first: ${undecided}/dark/0.png (in another class, too: it has the same bytes as "light/1.png")`,
  );
  const { leftOut } = JSON.parse(await readFile(path.join(folder, 'split.json'), 'utf8')) as {
    leftOut: object;
  };
  expect(Object.keys(leftOut)).toEqual(['dark/0.png', 'light/1.png']);
  await rm(undecided, { recursive: true });
});

test('trainRecipe(emotion) refuses three classes before anything is written', async () => {
  const face = await png();
  const three = await folderWith({ 'a/1.png': face, 'b/1.png': face, 'c/1.png': face });
  await expect(trainRecipe(small, { data: three, seed: 1, ...places('three') })).rejects.toThrow(
    `Cannot train emotion on ${JSON.stringify(three)}: folders for exactly two classes are required, got 3: "a", "b", "c"`,
  );
  expect(await readdir(home)).not.toContain('three');
  await rm(three, { recursive: true });
});

test("compareWithOriginal() puts a training's figures beside those of the document", () => {
  const ours = {
    accuracy: 0.95,
    validationAccuracy: 0.875,
    loss: 0.12345,
    validationLoss: 0.5,
    msPerStep: 98.7,
  };
  expect(compareWithOriginal(ours)).toEqual([
    '                           here    original',
    'training accuracy       95.00 %    100.00 %',
    'validation accuracy     87.50 %     98.44 %',
    'gap between the two      7.50 %      1.56 %',
    'training loss            0.1235      0.0185',
    'validation loss          0.5000      0.0338',
    'time a step               99 ms      462 ms',
  ]);
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { tf } from '../../../src/tensorflow/tf';
import { keepBestWeights } from '../../../src/training/callbacks/keepBestWeights';
import { keepCheckpoint } from '../../../src/training/checkpoints/keepCheckpoint';
import { resumeTraining } from '../../../src/training/checkpoints/resumeTraining';
import { stopEarly } from '../../../src/training/callbacks/stopEarly';
import { type Ended, runCompiled, type RunOptions, twoAtATime } from '../../support/children';
import { folderWith, png } from '../../support/pictures';
import { RESUMED_TRAINING } from '../../support/resumedTraining';
import { buildTiny, tinyData, valuesOf } from '../../support/tinyTraining';

let home: string;
let pictures: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const files: Record<string, Buffer> = {};
  const entries: object[] = [];
  for (let i = 0; i < 40; i++) {
    const file = `${i % 2 ? 'light' : 'dark'}/${i}.png`;
    files[file] = await png((i % 2) * 128 + i, (i * 37) % 256, (i * 91) % 256);
    entries.push({ file, group: String(i) });
  }
  pictures = await folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
});

afterAll(() => Promise.all([home, pictures].map((folder) => rm(folder, { recursive: true }))));

const quiet = () => {};
/** Trains up to an epoch; callbacks with a state stand before the checkpoint. */
async function trainTiny(folder: string, epochs: number, overwrite = false) {
  const model = buildTiny();
  const callbacks = [keepBestWeights({ print: quiet })];
  const { epoch, history } = overwrite
    ? { epoch: 0, history: {} as Record<string, number[]> }
    : await resumeTraining(model, folder, callbacks);
  const run = await model.fitDataset(tinyData(), {
    epochs,
    initialEpoch: epoch,
    verbose: 0,
    validationData: tinyData() as unknown as tf.data.Dataset<tf.TensorContainer>,
    callbacks: [...callbacks, keepCheckpoint({ folder, overwrite })],
  });
  const all = Object.fromEntries(
    Object.entries(run.history).map(([name, values]) => [
      name,
      [...(history[name] ?? []), ...values],
    ]),
  );
  const weights = valuesOf(model);
  model.dispose();
  model.optimizer.dispose();
  return { history: all, weights };
}

test('a training that is ended and resumed has the history and weights of one that ran through, to the last digit', async () => {
  const before = tf.memory().numTensors;
  const through = await trainTiny(path.join(home, 'through'), 5);
  const folder = path.join(home, 'in parts');
  await trainTiny(folder, 2);
  await trainTiny(folder, 3);
  const resumed = await trainTiny(folder, 5);
  expect(resumed).toEqual(through);
  expect(resumed.history['val_loss']).toHaveLength(5);
  expect(tf.memory().numTensors).toBe(before);
  expect((await readdir(folder)).sort()).toEqual([
    'checkpoint.json',
    expect.stringMatching(/^epoch-5-[0-9a-f]{8}-0\.weights$/),
    expect.stringMatching(/^epoch-5-[0-9a-f]{8}\.keras$/),
  ]);
});

/** What a process that trained to its end has told. */
function told({ stdout, stderr }: Ended): {
  history: Record<string, number[]>;
  weights: number[][];
} {
  const line = stdout.split('\n').find((each) => each.startsWith('done '));
  if (line === undefined) throw new Error(`The training must end: ${stderr}`);
  return JSON.parse(line.slice(5)) as ReturnType<typeof told>;
}

test('a training that is killed at twenty random moments goes on from a whole checkpoint each time, and ends as one that ran through', async () => {
  const train = (folder: string, epochs: number, onOutput?: RunOptions['onOutput']) =>
    runCompiled(RESUMED_TRAINING, [folder, String(epochs)], {
      env: { PICTURES: pictures },
      ...(onOutput ? { onOutput } : {}),
    });
  /** Resumes, which reads the whole checkpoint, trains at least one epoch, and is killed. */
  const killOnce = async (folder: string) => {
    let isArmed = false;
    const { signal, stderr } = await train(folder, 1e6, (written, kill) => {
      if (isArmed || !written.includes('training')) return;
      isArmed = true;
      setTimeout(() => kill('SIGKILL'), Math.random() * 60);
    });
    expect([signal, stderr]).toEqual(['SIGKILL', '']);
    const checkpoint = await readFile(path.join(folder, 'checkpoint.json'), 'utf8');
    const { epoch, history } = JSON.parse(checkpoint) as { epoch: number; history: object };
    for (const values of Object.values(history)) expect(values).toHaveLength(epoch);
    return epoch;
  };
  const folders = [path.join(home, 'killed'), path.join(home, 'killed too')];
  const chains = await Promise.all(
    twoAtATime(folders, async (folder) => {
      const epochs: number[] = [];
      for (let kills = 0; kills < 10; kills++) epochs.push(await killOnce(folder));
      return epochs;
    }),
  );
  for (const epochs of chains) {
    epochs.reduce((before, epoch) => {
      expect(epoch).toBeGreaterThan(before);
      return epoch;
    }, 0);
  }
  const epochs = Math.max(...chains.flat()) + 2;
  const whole = path.join(home, 'whole');
  const ended = await Promise.all(
    twoAtATime([whole, ...folders], async (folder) => told(await train(folder, epochs))),
  );
  const [through, ...resumed] = ended;
  expect(through?.history['loss']).toHaveLength(epochs);
  for (const each of resumed) expect(each).toEqual(through);
  // What the killed processes have left is gone.
  for (const folder of folders) expect(await readdir(folder)).toHaveLength(3);
});

test('resumeTraining() changes nothing where there is no checkpoint', async () => {
  const model = buildTiny();
  const before = valuesOf(model);
  expect(await resumeTraining(model, path.join(home, 'nowhere'))).toEqual({
    epoch: 0,
    history: {},
    ended: false,
  });
  expect(valuesOf(model)).toEqual(before);
  model.dispose();
});

test('resumeTraining() tells that stopEarly() had ended the training', async () => {
  const folder = path.join(home, 'ended');
  const run = async () => {
    const model = buildTiny();
    const callbacks = [stopEarly({ patience: 1, minDelta: 10, print: quiet })];
    const resumed = await resumeTraining(model, folder, callbacks);
    if (!resumed.ended) {
      await model.fitDataset(tinyData(), {
        epochs: 5,
        verbose: 0,
        validationData: tinyData() as unknown as tf.data.Dataset<tf.TensorContainer>,
        callbacks: [...callbacks, keepCheckpoint({ folder })],
      });
    }
    model.dispose();
    return resumed;
  };
  expect((await run()).epoch).toBe(0);
  expect(await run()).toMatchObject({ epoch: 2, ended: true });
});

test('resumeTraining() refuses another network, optimizer, callbacks, and a damaged checkpoint', async () => {
  const folder = path.join(home, 'refused');
  await trainTiny(folder, 1);
  const cannot = `Cannot resume the training in ${JSON.stringify(folder)}: `;
  const model = buildTiny();
  await expect(resumeTraining(model, folder)).rejects.toThrow(
    `${cannot}its callbacks must be keepBestWeights, got none`,
  );
  const callbacks = [keepBestWeights({ print: quiet })];
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
  await expect(resumeTraining(model, folder, callbacks)).rejects.toThrow(
    `${cannot}the model must be compiled with Adam, got SGD`,
  );
  model.dispose();
  const other = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4] })] });
  other.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
  await expect(resumeTraining(other, folder, callbacks)).rejects.toThrow(
    `${cannot}the network must have weights [4×8] [8] [8] [8] [8×1] [1] [8] [8], got [4×1] [1]`,
  );
  const damage = async (name: RegExp, content: string) => {
    const file = (await readdir(folder)).find((each) => name.test(each)) as string;
    await writeFile(path.join(folder, file), content);
    return file;
  };
  const weights = await damage(/weights$/, 'short');
  await expect(resumeTraining(other, folder, callbacks)).rejects.toThrow(
    `Cannot read the checkpoint in ${JSON.stringify(folder)}: "${weights}" must have 324 bytes, it has 5`,
  );
  await damage(/json$/, '{"epoch": 1}');
  await expect(resumeTraining(other, folder, callbacks)).rejects.toThrow(
    `Cannot read the checkpoint in ${JSON.stringify(folder)}: its checkpoint.json is damaged, or not of Smile Lab`,
  );
  other.dispose();
});

test("keepCheckpoint() does not replace another training's checkpoint unless it is told to", async () => {
  const folder = path.join(home, 'taken');
  await trainTiny(folder, 2);
  const train = (initialEpoch: number) => {
    const model = buildTiny();
    const options = { epochs: 4, initialEpoch, verbose: 0 as const };
    return model.fitDataset(tinyData(), { ...options, callbacks: [keepCheckpoint({ folder })] });
  };
  const cannot = `Cannot keep a checkpoint in ${JSON.stringify(folder)}: `;
  await expect(train(0)).rejects.toThrow(
    `${cannot}one of another training is there, of epoch 2; resumeTraining goes on from it, and overwrite replaces it`,
  );
  await expect(train(1)).rejects.toThrow(
    `${cannot}the training goes on after epoch 1, and the checkpoint there is of epoch 2`,
  );
  await trainTiny(folder, 1, true);
  const { epoch } = JSON.parse(await readFile(path.join(folder, 'checkpoint.json'), 'utf8')) as {
    epoch: number;
  };
  expect(epoch).toBe(1);
});

test('keepCheckpoint() says in one sentence why it cannot write', async () => {
  const folder = path.join(home, 'file/checkpoint');
  await writeFile(path.join(home, 'file'), '');
  const model = buildTiny();
  await expect(
    model.fitDataset(tinyData(), {
      epochs: 1,
      verbose: 0,
      callbacks: [keepCheckpoint({ folder })],
    }),
  ).rejects.toThrow(`Cannot read the checkpoint in ${JSON.stringify(folder)}: it is not a folder`);
  model.dispose();
});

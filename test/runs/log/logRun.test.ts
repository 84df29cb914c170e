import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { tf } from '../../../src/tensorflow/tf';
import { keepCheckpoint } from '../../../src/training/checkpoints/keepCheckpoint';
import { resumeTraining } from '../../../src/training/checkpoints/resumeTraining';
import { logRun } from '../../../src/runs/log/logRun';
import { projectFolder } from '../../../src/files/projectFolder';
import { logsFolder } from '../../../src/runs/log/logsFolder';
import { readRunLog } from '../../../src/runs/log/readRunLog';
import { stopAtAccuracy } from '../../../src/training/callbacks/stopAtAccuracy';
import { stopAtNaN } from '../../../src/training/callbacks/stopAtNaN';
import { stopEarly } from '../../../src/training/callbacks/stopEarly';
import { stopTrainings } from '../../../src/training/fit/stopTrainings';
import { buildTiny, endEpochs, tinyData, valuesOf } from '../../support/tinyTraining';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
});
afterAll(() => rm(home, { recursive: true }));

const linesOf = async (folder: string) =>
  (await readFile(path.join(folder, 'run.jsonl'), 'utf8')).trim().split('\n');

test('logRun() notes a training, and readRunLog() gives its history in the form of tfjs', async () => {
  const before = tf.memory().numTensors;
  const folder = path.join(home, 'whole');
  const model = buildTiny();
  const { history } = await model.fitDataset(tinyData(), {
    epochs: 3,
    verbose: 0,
    validationData: tinyData() as unknown as tf.data.Dataset<tf.TensorContainer>,
    callbacks: [logRun({ run: folder, settings: { seed: 1, note: '<b>&' } })],
  });
  const run = await readRunLog(folder);
  expect(run.history).toEqual(history);
  expect(Object.keys(run.history).sort()).toEqual(['acc', 'loss', 'val_acc', 'val_loss']);
  expect([run.name, run.state, run.problems]).toEqual(['whole', 'finished', []]);
  expect(run.begin).toMatchObject({
    epochs: 3,
    epochsBefore: 0,
    steps: 3,
    process: { pid: process.pid, host: os.hostname() },
    settings: { optimizer: 'Adam', loss: 'binaryCrossentropy', seed: 1, note: '<b>&' },
    versions: { 'Smile Lab': '0.1.0', 'Node.js': process.versions.node },
  });
  // 4·8 + 8, 4·8 (two of them moving averages, which are not trained), 8 + 1.
  expect(run.begin?.model).toMatchObject({ parameters: 40 + 32 + 9, trainable: 40 + 16 + 9 });
  const layers = run.begin?.model.layers.map(({ type, outputShape, parameters }) => [
    type,
    outputShape,
    parameters,
  ]);
  expect(layers?.slice(-5)).toEqual([
    ['Dense', 'n × 8', 40],
    ['BatchNormalization', 'n × 8', 32],
    ['Activation', 'n × 8', 0],
    ['Dropout', 'n × 8', 0],
    ['Dense', 'n × 1', 9],
  ]);
  expect(run.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(run.epochs.every(({ msPerStep, seconds }) => msPerStep > 0 && seconds > 0)).toBe(true);
  expect(run.epochs[0]?.weights).toHaveLength(model.weights.length);
  const last = model.weights.findIndex(({ shape }) => shape.length === 1 && shape[0] === 1);
  const bias = run.end?.weights?.[last];
  const [value] = valuesOf(model)[last]!;
  expect(bias).toMatchObject({ shape: [1], least: value, most: value, counted: 1, notFinite: 0 });
  expect(bias?.counts.reduce((sum, count) => sum + count)).toBe(1);
  expect((await linesOf(folder)).map((line) => JSON.parse(line).kind)).toEqual([
    'begin',
    'epoch',
    'epoch',
    'epoch',
    'end',
  ]);
  model.dispose();
  model.optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a second training of the same name gets a folder of its own', async () => {
  const model = buildTiny();
  const log = logRun({ run: path.join(home, 'twice') });
  for (const folder of ['twice', 'twice-2']) {
    await endEpochs(log, model, [{ loss: 1, val_loss: 1 }]);
    expect(log.folder).toBe(path.join(home, folder));
  }
  expect(await linesOf(path.join(home, 'twice'))).toHaveLength(3);
  model.dispose();
});

test('a training that is resumed goes on in its log, without an epoch twice, also after a kill in the middle of a line', async () => {
  const folder = path.join(home, 'resumed');
  const checkpoint = path.join(home, 'checkpoint');
  const model = buildTiny();
  const fit = (epochs: number, initialEpoch: number) =>
    model.fitDataset(tinyData(), {
      epochs,
      initialEpoch,
      verbose: 0,
      callbacks: [logRun({ run: folder }), keepCheckpoint({ folder: checkpoint })],
    });
  await fit(2, 0);
  // As a kill leaves it that came after the third epoch was noted, and before its checkpoint was kept.
  const lines = await linesOf(folder);
  const third = JSON.stringify({ ...JSON.parse(lines[2]!), epoch: 3, metrics: { loss: 77 } });
  await writeFile(
    path.join(folder, 'run.jsonl'),
    `${lines.slice(0, 3).join('\n')}\n${third}\n{"ki`,
  );
  expect((await readRunLog(folder)).problems).toEqual([]); // this process runs: it may be writing

  const { epoch, history } = await resumeTraining(model, checkpoint);
  const later = await fit(4, epoch);
  const run = await readRunLog(folder);
  expect(run.epochs.map((each) => each.epoch)).toEqual([1, 2, 3, 4]);
  const loss = [...history['loss']!, ...(later.history['loss'] as number[])];
  expect(run.history['loss']).toEqual(loss);
  expect([run.state, run.begin?.epochsBefore]).toEqual(['finished', 2]);
  expect(run.problems).toEqual(['line 5 is no JSON: it was not written to its end, or changed']);
  model.dispose();
});

test('the log tells NaN, and how a training failed', async () => {
  const [folder, spoiled] = [path.join(home, 'failed'), path.join(home, 'spoiled')];
  const model = buildTiny();
  const xs = tf.tensor2d([[NaN, 0, 0, 1]]);
  const ys = tf.tensor2d([[1]]);
  const callbacks = [logRun({ run: folder }), stopAtNaN()];
  await model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks: [logRun({ run: spoiled })] });
  const { history, epochs } = await readRunLog(spoiled);
  expect(history['loss']).toEqual([NaN]);
  expect(epochs[0]?.weights?.[0]).toMatchObject({ notFinite: 32, counted: 32, counts: [] });

  await expect(model.fit(xs, ys, { epochs: 2, verbose: 0, callbacks })).rejects.toThrow('NaN');
  const run = await readRunLog(folder);
  // The guard took the epoch back.
  expect([run.state, run.end?.epochs]).toEqual(['failed', 0]);
  expect(run.end?.reason).toBe('failed: the loss became NaN');
  expect(run.end?.error).toMatch(/^Cannot go on training: the loss became NaN in epoch 1, batch 1/);
  tf.dispose([xs, ys]);
  model.dispose();
});

test('the log keeps infinite losses, and tells that a training was stopped early', async () => {
  const folder = path.join(home, 'stopped');
  const model = buildTiny();
  const log = logRun({ run: folder });
  // After the second epoch, since no loss falls by 9.
  const callbacks = [log, stopEarly({ patience: 1, minDelta: 9, print: () => {} })];
  const validationData = tinyData() as unknown as tf.data.Dataset<tf.TensorContainer>;
  await model.fitDataset(tinyData(), { epochs: 9, verbose: 0, validationData, callbacks });
  expect(await readRunLog(folder)).toMatchObject({
    state: 'stopped',
    end: { epochs: 2, reason: 'stopped early' },
  });

  const infinite = path.join(home, 'infinite');
  await endEpochs(logRun({ run: infinite }), model, [
    { loss: Infinity, val_loss: -Infinity },
    { loss: 1, val_loss: NaN },
  ]);
  expect((await readRunLog(infinite)).history).toEqual({
    loss: [Infinity, 1],
    val_loss: [-Infinity, NaN],
  });
  model.dispose();
});

test('the log tells a training that reached its accuracy from one that a person or another callback stopped', async () => {
  const model = buildTiny();
  const folder = (name: string) => path.join(home, 'ends', name);
  const train = (name: string, epochs: number, ...others: tf.Callback[]) =>
    model.fitDataset(tinyData(), {
      epochs,
      verbose: 0,
      callbacks: [logRun({ run: folder(name) }), ...others],
    });
  const stopping = (stop: () => unknown) =>
    new tf.CustomCallback({ onBatchEnd: async () => void stop() }) as unknown as tf.Callback;
  // One right answer of twelve is enough.
  await train('goal', 5, stopAtAccuracy({ accuracy: 0.001, print: () => {} }));
  await train('goal in the last epoch', 1, stopAtAccuracy({ accuracy: 0.001, print: () => {} }));
  await train('by hand', 5, stopping(stopTrainings));
  await train(
    'by a callback',
    5,
    stopping(() => (model.stopTraining = true)),
  );
  await train('finished', 1); // no reason is left from the trainings before
  const ends: Record<string, unknown> = {};
  for (const name of await readdir(path.join(home, 'ends'))) {
    const { state, end, problems } = await readRunLog(folder(name));
    ends[name] = [state, end?.reason, ...problems];
  }
  expect(ends).toEqual({
    goal: ['reached', 'reached 0.1 %'],
    'goal in the last epoch': ['reached', 'reached 0.1 %'],
    'by hand': ['stopped', 'stopped by hand'],
    'by a callback': ['stopped', undefined],
    finished: ['finished', undefined],
  });
  model.dispose();
});

test('progress.json tells how far the epoch is', async () => {
  const folder = path.join(home, 'progress');
  const model = buildTiny();
  const log = logRun({ run: folder });
  log.setModel(model);
  log.setParams({ steps: 7, epochs: 5 });
  await log.onTrainBegin();
  await log.onEpochBegin(0);
  await log.onBatchEnd(0, { batch: 0, size: 4, loss: 0.5, acc: NaN });
  const { state, progress, epochs } = await readRunLog(folder);
  expect([state, epochs]).toEqual(['running', []]);
  expect(progress).toMatchObject({ epoch: 1, epochs: 5, step: 1, steps: 7 });
  expect(progress?.metrics).toEqual({ loss: 0.5, acc: NaN });
  model.dispose();
});

test('of a large weight 65,536 numbers or fewer are looked at, of all of its places', async () => {
  const folder = path.join(home, 'large');
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 512, inputShape: [512], useBias: false })],
  });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  // Column k holds k: a step that shared a factor with 512 would never see the odd ones.
  const columns = tf.tidy(() => tf.range(0, 512).expandDims(0).tile([512, 1]) as tf.Tensor2D);
  model.setWeights([columns]);
  await endEpochs(logRun({ run: folder }), model, [{ loss: 1, val_loss: 1 }]);
  const weight = (await readRunLog(folder)).epochs[0]?.weights?.[0];
  expect(weight).toMatchObject({ shape: [512, 512], least: 0, most: 511, notFinite: 0 });
  expect(weight?.counted).toBe(Math.ceil((512 * 512) / 5)); // 4 divides 512, 5 is the next that does not
  const [least, most] = [Math.min(...weight!.counts), Math.max(...weight!.counts)];
  expect(most / least).toBeLessThan(1.2); // columns of 17 or 18 of the 512 numbers
  columns.dispose();
  model.dispose();
});

test('a training whose log cannot be written goes on, and says why once', async () => {
  await writeFile(path.join(home, 'file'), '');
  const folder = path.join(home, 'file/log');
  const lines: string[] = [];
  const model = buildTiny();
  const callbacks = [logRun({ run: folder, print: (line) => lines.push(line) })];
  const { epoch } = await model.fitDataset(tinyData(), { epochs: 2, verbose: 0, callbacks });
  expect(epoch).toHaveLength(2);
  expect(lines).toEqual([
    `Cannot write the run's log to ${JSON.stringify(folder)}: it, or a part of its path, is a file. The training goes on without it`,
  ]);
  model.dispose();
});

test('a training whose log is removed in between goes on, and says why once', async () => {
  const folder = path.join(home, 'removed');
  const lines: string[] = [];
  const model = buildTiny();
  const remove = new tf.CustomCallback({
    onEpochBegin: async (epoch) => {
      if (epoch === 1) await rm(folder, { recursive: true });
    },
  });
  const log = logRun({ run: folder, print: (line) => lines.push(line) });
  await model.fitDataset(tinyData(), { epochs: 3, verbose: 0, callbacks: [log, remove] });
  expect(lines).toHaveLength(1);
  expect(await readdir(home)).not.toContain('removed');
  model.dispose();
});

test('a name stands in the logs of the project, also for a process inside of it; a path is taken as it is', () => {
  expect(logsFolder()).toBe(path.join(projectFolder, 'logs'));
  expect(logRun({ run: 'first' }).folder).toBe(path.join(projectFolder, 'logs', 'first'));
  expect(logRun({ run: 'a/first' }).folder).toBe(path.resolve('a/first'));
  expect(() => logRun({ run: ' ' })).toThrow('a name or a folder is required, got " "');
});

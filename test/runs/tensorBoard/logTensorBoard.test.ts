import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { tf } from '../../../src/tensorflow/tf';
import { logTensorBoard } from '../../../src/runs/tensorBoard/logTensorBoard';
import { EventWriter } from '../../../src/tensorflow/native/eventWriter';
import { histogram } from '../../../src/runs/tensorBoard/histogram';
import { runCompiled } from '../../support/children';
import { runPython } from '../../support/keras';
import { buildTiny, tinyData, valuesOf } from '../../support/tinyTraining';

/** What TensorBoard itself finds in a run, and the histograms that TensorFlow's own summary makes of the same numbers. */
const TENSORBOARD = `
import io, json, struct, sys
import numpy, tensorflow as tf
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.util import tensor_util

def read(folder):
    events = event_accumulator.EventAccumulator(folder, size_guidance={'tensors': 0})
    events.Reload()
    found = {}
    for tag in events.Tags()['tensors']:
        plugin = events.SummaryMetadata(tag).plugin_data.plugin_name
        points = []
        for point in events.Tensors(tag):
            value = tensor_util.make_ndarray(point.tensor_proto)
            if plugin == 'images':
                width, height, *pngs = value.tolist()
                value = [int(width), int(height), [tf.io.decode_png(png).numpy().tolist() for png in pngs]]
            else:
                value = value.tolist()
            points.append([point.step, value])
        found[tag] = [plugin, points]
    return found

def histogram(values, folder):
    with tf.summary.create_file_writer(folder).as_default():
        tf.summary.histogram('theirs', values, step=0)
    return read(folder)['theirs'][1][0][1]

logs, numbers = sys.argv[1], json.loads(sys.argv[2])
print(json.dumps({
    'train': read(logs + '/train'),
    'validation': read(logs + '/validation'),
    'histograms': [histogram(tf.constant(each), f'{logs}/theirs-{i}') for i, each in enumerate(numbers)],
}))
`;

type Found = Record<string, [plugin: string, points: [step: number, value: unknown][]]>;

const NUMBERS = [
  [0.25],
  [2, 2, 2],
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 31],
  Array.from({ length: 500 }, (_, i) => Math.fround(Math.sin(i) ** 3)),
];

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
});
afterAll(() => rm(home, { recursive: true }));

test('TensorBoard reads what logTensorBoard() writes: curves, histograms of all weights, pictures', async () => {
  const before = tf.memory().numTensors;
  const logs = path.join(home, 'logs');
  const model = buildTiny();
  const happy = tf.tensor4d([0, 1.4, 254.6, 255, 7, 8, 9, 10, 11, 12, 13, 14], [2, 1, 2, 3]);
  const { history } = await model.fitDataset(tinyData(), {
    epochs: 2,
    verbose: 0,
    validationData: tinyData() as unknown as tf.data.Dataset<tf.TensorContainer>,
    callbacks: [logTensorBoard({ folder: logs, pictures: { happy } })],
  });
  const found = await runPython<{ train: Found; validation: Found; histograms: number[][][] }>(
    TENSORBOARD,
    [logs, JSON.stringify(NUMBERS)],
  );
  const points = (name: string) => [
    'scalars',
    (history[name] as number[]).map((value, i) => [i + 1, Math.fround(value)]),
  ];
  expect(found.validation).toEqual({
    epoch_loss: points('val_loss'),
    epoch_accuracy: points('val_acc'),
  });
  const { epoch_loss, epoch_accuracy, happy: pictures, ...weights } = found.train;
  expect([epoch_loss, epoch_accuracy]).toEqual([points('loss'), points('acc')]);
  expect(pictures).toEqual([
    'images',
    [
      [
        0,
        [
          2,
          1,
          [
            [
              [
                [0, 1, 255],
                [255, 7, 8],
              ],
            ],
            [
              [
                [9, 10, 11],
                [12, 13, 14],
              ],
            ],
          ],
        ],
      ],
    ],
  ]);
  expect(Object.keys(weights)).toHaveLength(model.weights.length);
  const last = valuesOf(model);
  for (const [i, weight] of model.weights.entries()) {
    const [plugin, steps] = weights[weight.originalName]!;
    expect([plugin, steps.map(([step]) => step)]).toEqual(['histograms', [1, 2]]);
    expect(steps[1]?.[1]).toEqual(histogram(Float32Array.from(last[i] as number[])));
  }
  // The bias of the last layer is a single number, at which tfjs's own callback throws.
  expect(last.some((values) => values.length === 1)).toBe(true);

  NUMBERS.forEach((numbers, i) => {
    const [ours, theirs] = [histogram(Float32Array.from(numbers)), found.histograms[i]!];
    expect(ours.map(([, , count]) => count)).toEqual(theirs.map(([, , count]) => count));
    ours.flat().forEach((value, k) => expect(value).toBeCloseTo(theirs.flat()[k] ?? NaN, 5));
  });
  model.dispose();
  model.optimizer.dispose();
  happy.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a training whose logs cannot be written goes on, and says why once', async () => {
  await writeFile(path.join(home, 'file'), '');
  const logs = path.join(home, 'file/logs');
  const lines: string[] = [];
  const model = buildTiny();
  const callbacks = [logTensorBoard({ folder: logs, print: (line) => lines.push(line) })];
  const { epoch } = await model.fitDataset(tinyData(), { epochs: 2, verbose: 0, callbacks });
  expect(epoch).toHaveLength(2);
  expect(lines).toEqual([
    `Cannot write TensorBoard's logs to ${JSON.stringify(logs)}: it, or a part of its path, is a file. The training goes on without them`,
  ]);
  model.dispose();
});

test('a training whose logs are removed in between goes on, and says why once', async () => {
  const logs = path.join(home, 'removed');
  const lines: string[] = [];
  const model = buildTiny();
  const remove = new tf.CustomCallback({
    onEpochBegin: async (epoch) => {
      if (epoch === 1) await rm(logs, { recursive: true });
    },
  });
  await model.fitDataset(tinyData(), {
    epochs: 3,
    verbose: 0,
    callbacks: [remove, logTensorBoard({ folder: logs, print: (line) => lines.push(line) })],
  });
  expect(lines).toHaveLength(1);
  expect(await readdir(home)).not.toContain('removed');
  model.dispose();
});

const LOG_ON_A_FULL_DISK = `
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
const callbacks = [lab.logTensorBoard({ folder: args[0] })];
await model.fit(tf.ones([1, 1]), tf.ones([1, 1]), { epochs: 20, verbose: 0, callbacks });
`;

// Bash's ulimit -f counts kilobytes. Beyond it every write fails, as on a full disk.
test.each([0, 4])(
  'a training whose disk is full after %d kB goes on, and says why once',
  async (kilobytes) => {
    const logs = path.join(home, `full-${kilobytes}`);
    const wrap = (command: string[]) => [
      'bash',
      '-c',
      `ulimit -f ${kilobytes}; exec "$@"`,
      '-',
      ...command,
    ];
    const { status, stdout } = await runCompiled(LOG_ON_A_FULL_DISK, [logs], { wrap });
    expect([status, stdout]).toEqual([
      0,
      `Cannot write TensorBoard's logs to ${JSON.stringify(logs)}: the file is larger than the system allows. The training goes on without them\n`,
    ]);
  },
);

test('a weight without a finite number has a histogram without columns', async () => {
  const folder = path.join(home, 'nan');
  await mkdir(folder);
  const writer = new EventWriter(folder);
  writer.histogram('weight', 1, histogram(Float32Array.of(NaN)));
  writer.flush();
  writer.close();
  expect(await readFile(path.join(folder, (await readdir(folder))[0]!), 'latin1')).toContain(
    'histograms',
  );
});

test('histogram() of no numbers has no columns', () => {
  expect(histogram(new Float32Array())).toEqual([]);
  expect(histogram(Float32Array.of(NaN, -Infinity))).toEqual([]);
});

test('histogram() leaves out what is not finite', () => {
  expect(histogram(Float32Array.of(NaN, 1, 3, Infinity, 2), 2)).toEqual([
    [1, 2, 1],
    [2, 3, 2],
  ]);
  expect(histogram(Float32Array.of(7, NaN), 2)).toEqual([
    [7, 7, 0],
    [7, 7, 1],
  ]);
});

import { inTerminal, runCompiled } from '../../support/children';

/** Two epochs of a real training on seven numbers, in batches of 3, 3 and 1. */
const TRAINING = `
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], activation: 'sigmoid' })] });
model.compile({ optimizer: tf.train.sgd(1), loss: 'binaryCrossentropy', metrics: METRICS });
const numbers = [-3, -2, -1, 1, 2, 3, 4];
const pictures = tf.data.array(numbers.map((x) => ({ xs: [x], ys: [x > 0 ? 1 : 0] }))).batch(3);
const seen = [];
const slowly = new tf.CustomCallback({
  onBatchEnd: async (batch, { size, loss, acc }) => {
    seen.push({ size, loss, acc });
    await new Promise((resolve) => setTimeout(resolve, 110)); // so that each batch is drawn
  },
});
const { history } = await TRAIN({ epochs: 2, verbose: 0, callbacks: [slowly, lab.showProgress()] });
console.log(JSON.stringify({ history, seen }));
`;

interface Told {
  history: { loss: number[]; acc: number[] };
  seen: { size: number; loss: number; acc: number }[];
}

async function inWideTerminal(train: string, metrics = "['accuracy']") {
  const code = TRAINING.replace('TRAIN', train).replace('METRICS', metrics);
  const { stdout } = await runCompiled(code, [], { wrap: (command) => inTerminal(command, 150) });
  const frames = stdout.split('\r\x1b[2K').slice(1);
  const told = JSON.parse(frames.at(-1)?.split('\r\n')[1] ?? '') as Told;
  return { frames: frames.map((frame) => frame.split('\r\n')[0] ?? ''), told };
}

test.each([
  ['fitDataset', '(options) => model.fitDataset(pictures, options)'],
  [
    'fit',
    `(options) => model.fit(tf.tensor2d(numbers, [7, 1]), tf.tensor2d(numbers.map((x) => Number(x > 0)), [7, 1]),
      { batchSize: 3, shuffle: false, ...options })`,
  ],
])('showProgress() shows the means over the pictures seen, with %s', async (_, train) => {
  const { frames, told } = await inWideTerminal(`(${train})`);
  const expected = told.seen.map((__, i) => {
    const [epoch, batch] = [Math.floor(i / 3) + 1, (i % 3) + 1];
    const seen = told.seen.slice(i + 1 - batch, i + 1);
    const pictures = seen.reduce((sum, { size }) => sum + size, 0);
    const mean = (name: 'loss' | 'acc') =>
      (seen.reduce((sum, log) => sum + log.size * log[name], 0) / pictures).toFixed(4);
    return expect.stringMatching(
      new RegExp(
        `^Epoch ${epoch}/2 [━╌]{20} ${batch}/3 · loss ${mean('loss')} · accuracy ${mean('acc')} · \\d+ ms/step${i === 0 ? '' : ' · \\d s left'}$`,
      ),
    );
  });
  expect(expected).toHaveLength(6);
  // How long a step takes the first one does not tell.
  expect(frames.filter((frame) => frame.endsWith('left'))).toEqual(expected.slice(1));
  expect(frames.filter((frame) => frame.endsWith('ms/step'))).toEqual([
    expected[0],
    ...[0, 1].map((epoch) =>
      expect.stringContaining(
        `3/3 · loss ${told.history.loss[epoch]?.toFixed(4)} · accuracy ${told.history.acc[epoch]?.toFixed(4)}`,
      ),
    ),
  ]);
});

test('showProgress() shows at the end of an epoch what its validation measured', async () => {
  const { frames, told } = await inWideTerminal(
    '((options) => model.fitDataset(pictures, { ...options, validationData: pictures }))',
    "['binaryAccuracy']",
  );
  const { val_loss: losses, val_binaryAccuracy: accuracies } = told.history as unknown as Record<
    string,
    number[]
  >;
  expect(frames.filter((frame) => /3\/3 .*ms\/step$/.test(frame))).toEqual(
    [0, 1].map((epoch) =>
      expect.stringContaining(
        ` · val_loss ${losses?.[epoch]?.toFixed(4)} · val_accuracy ${accuracies?.[epoch]?.toFixed(4)} · `,
      ),
    ),
  );
  expect(frames.filter((frame) => frame.endsWith('left')).join('')).not.toContain('val_');
});

test('showProgress() shows no accuracy where the model measures none', async () => {
  const { frames } = await inWideTerminal(
    '((options) => model.fitDataset(pictures, options))',
    '[]',
  );
  expect(frames.join('')).toContain('loss');
  expect(frames.join('')).not.toContain('accuracy');
});

test('showProgress({ name }) leaves one line for each training, with its last epoch', async () => {
  const code = `
    const pictures = tf.data.array([-1, 0, 1, 2].map((x) => ({ xs: [x], ys: [x] }))).batch(2);
    for (const name of ['as it is', 'dropout 0.5']) {
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const slowly = new tf.CustomCallback({ onBatchEnd: () => new Promise((resolve) => setTimeout(resolve, 110)) });
      const callbacks = [slowly, lab.showProgress({ name })];
      await model.fitDataset(pictures, { epochs: 3, verbose: 0, validationData: pictures, callbacks });
    }`;
  const { stdout } = await runCompiled(code, [], { wrap: (command) => inTerminal(command, 100) });
  const frames = stdout.split('\r\x1b[2K').slice(1);
  expect(frames[0]).toMatch(/^as it is · Epoch 1\/3 ━+╌+ 1\/2 · loss \d\.\d{4} · \d+ ms\/step$/);
  expect(frames[1]).toMatch(/^as it is · Epoch 1\/3 ━+ 2\/2 · loss \d\.\d{4} · .*left$/);
  const lines = stdout.split('\r\n').map((line) => line.split('\r\x1b[2K').at(-1));
  expect(lines).toEqual([
    expect.stringMatching(/^as it is · Epoch 3\/3 ━+ 2\/2 · loss .* · val_loss .* ms\/step$/),
    expect.stringMatching(/^dropout 0\.5 · Epoch 3\/3 ━+ 2\/2 · loss .* · val_loss .* ms\/step$/),
    '',
  ]);
  expect(Math.max(...frames.map(({ length }) => length))).toBeLessThan(102); // with the line break
});

test('showProgress() closes its line when a training fails, and the process ends', async () => {
  const code = `
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const pictures = tf.data.generator(function* () {
      yield { xs: tf.ones([1, 1]), ys: tf.ones([1, 1]) };
      throw new Error('This picture is damaged');
    });
    await model.fitDataset(pictures, { epochs: 2, verbose: 0, callbacks: [lab.showProgress()] })
      .catch((error) => console.log(error.message.split('\\n')[0]));`;
  const { status, stdout } = await runCompiled(code, [], {
    wrap: (command) => inTerminal(command, 120),
  });
  expect(stdout).toMatch(/^\r\x1b\[2KEpoch 1\/2 1 · loss [^\n]* ms\/step\r\n.*damaged\r\n$/);
  expect(status).toBe(0);
});

test('showProgress() writes nothing where standard error is a pipe', async () => {
  const code = TRAINING.replace('TRAIN', '((o) => model.fitDataset(pictures, o))');
  const { status, stdout, stderr } = await runCompiled(code.replace('METRICS', "['accuracy']"));
  expect([status, stderr]).toEqual([0, '']);
  expect((JSON.parse(stdout) as Told).history.loss).toHaveLength(2);
});

import path from 'node:path';

import { type CellOutput, executeCells } from '../support/kernel';

const FACES = path.resolve(__dirname, '../../data/happy-or-sad');

const PREPARE = `
import { showProgress, stopAtAccuracy, tf } from 'smile-lab';

const model = tf.sequential({
  layers: [tf.layers.dense({ units: 1, inputShape: [4], activation: 'sigmoid' })],
});
model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
// Rows 30 apart have equal features and different labels, so that no training reaches an accuracy of 1.
const rows = Array.from({ length: 64 }, (_, i) => ({ xs: [i % 2, i % 3, i % 5, 1], ys: [Number(i % 7 < 3)] }));
const batches = tf.data.array(rows).batch(16);
const [xs, ys] = [tf.tensor2d(rows.map((row) => row.xs)), tf.tensor2d(rows.map((row) => row.ys))];

const { binding } = tf.backend() as unknown as { binding: { getNumOfSavedModels(): number } };
let [steps, graphs] = [0, 0];
const counting = {
  onBatchEnd: async () => {
    graphs = binding.getNumOfSavedModels();
    if (++steps % 20 === 0) console.log('twenty steps');
  },
};
const kernel = () => Array.from(model.getWeights()[0].dataSync());
const before = kernel();
`;

/** Makes as many steps as were made until Stop, from the same weights, op by op. */
const REPEAT = `
const afterStop = kernel();
model.setWeights([tf.tensor2d(before, [4, 1]), tf.zeros([1])]);
process.env.SMILE_GRAPH = '0';
for (let step = 0; step < steps; step++) {
  const half = 32 * (step % 2);
  await model.trainOnBatch(xs.slice(half, 32), ys.slice(half, 32));
}
delete process.env.SMILE_GRAPH;
const largest = Math.max(...kernel().map((weight, i) => Math.abs(weight - afterStop[i])));
console.log(JSON.stringify({ graphs, isTrue: largest < 1e-4 }));
`;

const REPORT = `
const atStop = steps;
await new Promise((resolve) => setTimeout(resolve, 300));
console.log(JSON.stringify({ stepsAfterStop: steps - atStop, changed: kernel().some((weight, i) => weight !== before[i]) }));
`;

let outputs: CellOutput[][];

// One kernel for all: it takes four seconds to start.
beforeAll(async () => {
  outputs = await executeCells([
    { source: PREPARE },
    {
      source:
        'await model.fit(xs, ys, { epochs: 1e6, shuffle: false, verbose: 0, callbacks: counting }), null;',
      stopAfter: 'twenty steps',
    },
    { source: REPORT },
    { source: REPEAT },
    {
      source:
        'await model.fitDataset(batches, { epochs: 1e6, verbose: 0, callbacks: [showProgress(), new tf.CustomCallback(counting)] }), null;',
      stopAfter: 'twenty steps',
    },
    { source: REPORT },
    {
      source:
        'await model.fitDataset(batches, { epochs: 3, verbose: 0, callbacks: [showProgress()] }), null;',
    },
    {
      source:
        'await model.fit(xs, ys, { epochs: 2, verbose: 0, callbacks: [showProgress(), stopAtAccuracy({ accuracy: 1 })] }), null;',
    },
    {
      source: `for (const name of ['as it is', 'again']) {
  await model.fit(xs, ys, { epochs: 3, verbose: 0, callbacks: [showProgress({ name })] });
}`,
    },
    {
      source: `import { crossValidate } from 'smile-lab';
const { folds } = await crossValidate(${JSON.stringify(FACES)}, {
  folds: 2,
  seed: 1,
  train: async ({ classNames, progress }) => {
    const network = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [4, 4, 3] }),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    network.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
    const [pixels, labels] = [tf.zeros([4, 4, 4, 3]), tf.zeros([4, 1])];
    await network.fit(pixels, labels, { epochs: 2, verbose: 0, callbacks: [progress] });
    return { model: network, classNames, input: { imageSize: [4, 4], rescale: { scale: 1 } } };
  },
});`,
    },
    {
      source: `let begun = 0;
for (; begun < 3; begun++) {
  await model.fit(xs, ys, { epochs: 1e6, verbose: 0, callbacks: counting });
  console.log('behind the first');
}`,
      stopAfter: 'twenty steps',
    },
    {
      source: `let trained = 0;
for (; trained < 1e6; trained++) {
  await model.fit(xs, ys, { epochs: 1, verbose: 0 });
  if (trained === 3) console.log('between two');
  await new Promise((resolve) => setTimeout(resolve, 200));
}`,
      stopAfter: 'between two',
    },
    {
      source: `await new Promise((resolve) => setTimeout(resolve, 500));
const { epoch } = await model.fit(xs, ys, { epochs: 2, verbose: 0 });
console.log(JSON.stringify({ begun, isLoopOver: trained < 6, epochs: epoch.length }));`,
    },
  ]);
});

/** What a cell printed. */
function printed(cell: number): string {
  return (outputs[cell] ?? []).map(({ text = '' }) => text).join('');
}

/** What a cell displayed. */
function displayed(cell: number): string[] {
  return (outputs[cell] ?? []).flatMap(
    ({ data = {} }) => data['text/html'] ?? data['text/plain'] ?? [],
  );
}

test('the first cell runs', () => expect(outputs[0]).toEqual([]));

test.each([
  ['fit', 1],
  ['fitDataset', 4],
])('the Stop button ends %s, keeps the weights, and the next cell works', (_, cell) => {
  expect(outputs[cell]?.map(({ output_type }) => output_type)).not.toContain('error');
  expect(printed(cell)).toContain('Training stopped; the model keeps what it has learned.');
  expect(JSON.parse(printed(cell + 1))).toEqual({ stepsAfterStop: 0, changed: true });
});

test('a loop of trainings ends at the next one after Stop, and a later cell trains', () => {
  expect(printed(10)).toContain('behind the first\n');
  for (const cell of [10, 11]) {
    expect(outputs[cell]?.at(-1)).toMatchObject({ output_type: 'error', ename: 'Stopped' });
  }
  expect(JSON.parse(printed(12))).toEqual({ begun: 1, isLoopOver: true, epochs: 2 });
});

test('the Stop button leaves the weights that as many steps make op by op', () => {
  expect(JSON.parse(printed(3))).toEqual({ graphs: 1, isTrue: true });
});

test.each([
  ['fitDataset', 6, 3, 4],
  ['fit', 7, 2, 2],
])(
  'showProgress() leaves a chart and a text under %s, a line for each epoch',
  (_, cell, epochs, steps) => {
    const [chart, text, ...more] = displayed(cell);
    expect(more).toEqual([]);
    expect(chart).toMatch(new RegExp(`^<img alt="Training curve over ${epochs} epochs: accuracy `));
    const number = String.raw`\d+\.\d{4}`;
    const line = (epoch: number) =>
      new RegExp(
        `^Epoch ${epoch}/${epochs} ━{20} ${steps}/${steps} · loss ${number} · accuracy ${number} · \\d+ ms/step$`,
      );
    expect(text?.split('\n')).toEqual(
      Array.from({ length: epochs }, (__, i) => expect.stringMatching(line(i + 1))),
    );
  },
);

test('showProgress({ name }) leaves one line for each training, without a chart', () => {
  expect(displayed(8)).toEqual(
    ['as it is', 'again'].map((name) =>
      expect.stringMatching(new RegExp(`^${name} · Epoch 3/3 ━{20} 2/2 · loss [^\n]* ms/step$`)),
    ),
  );
});

test('crossValidate() leaves one line for all folds', () => {
  expect(displayed(9)).toEqual(['2 folds trained and measured']);
});

test('showProgress() marks the accuracy at which the training stops', () => {
  expect(displayed(6)[0]).not.toContain('a dashed line');
  expect(displayed(7)[0]).toContain('a dashed line marks the accuracy 1"');
});

test('showProgress() leaves the whole chart, small, when the Stop button ends a training of very many epochs', () => {
  const [chart, text] = displayed(4);
  const [, last] = /Epoch +(\d+)\/1000000 [^\n]*$/.exec(text ?? '') ?? [];
  expect(chart).toContain(`<img alt="Training curve over ${last} epoch`);
  expect(chart?.length).toBeLessThan(60_000);
});
